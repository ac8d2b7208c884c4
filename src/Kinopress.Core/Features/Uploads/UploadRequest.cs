using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Uploads;

/// <summary>What a client says about a file before sending it, as typed.</summary>
/// <param name="Length">In bytes; null when the client did not say.</param>
/// <param name="Visibility">When given, the video is published to that audience as soon as it plays; when null it stays a draft.</param>
public sealed record UploadRequest(long? Length, string? FileName, string? Title, string? Visibility)
{
    /// <param name="maxLength">In bytes.</param>
    /// <returns><c>upload.empty</c>, <c>upload.too_large</c> or <c>upload.invalid</c>.</returns>
    public Result<ValidUpload> Validate(long maxLength)
    {
        if (Length is null or < 0)
        {
            return UploadFailures.LengthMissing;
        }

        if (Length == 0)
        {
            return UploadFailures.Empty;
        }

        if (Length > maxLength)
        {
            return UploadFailures.TooLarge(maxLength);
        }

        var visibility = Videos.Visibility.Public;
        if (!string.IsNullOrEmpty(Visibility) && !VisibilityName.TryParse(Visibility, out visibility))
        {
            return UploadFailures.VisibilityUnknown;
        }

        // Some browsers send a path; only its last part is the name.
        var fileName = Text.SingleLine(FileName?.Split('/', '\\')[^1], Upload.MaxFileNameLength) ?? "";
        var title = Text.SingleLine(Title, VideoDetails.MaxTitleLength) ?? VideoDetails.TitleFromFileName(fileName);
        return new ValidUpload(Length.Value, fileName, title, visibility, PublishWhenReady: !string.IsNullOrEmpty(Visibility));
    }
}

/// <summary>An <see cref="UploadRequest"/> that passed every rule.</summary>
public sealed record ValidUpload(long Length, string FileName, string Title, Visibility Visibility, bool PublishWhenReady);
