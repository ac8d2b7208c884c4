using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Videos;

/// <summary>A chapter as typed.</summary>
/// <param name="StartMs">Milliseconds of the whole film, whatever is trimmed.</param>
public sealed record ChapterEdit(long? StartMs, string? Title)
{
    /// <summary>At most so many chapters has a video.</summary>
    public const int MaxCount = 100;

    /// <summary>How a refusal names a part of one chapter of a list: <c>[2].title</c>.</summary>
    /// <param name="index">From zero.</param>
    public static string FieldOf(int index, string name) => $"[{index}].{name}";

    /// <summary>The chapters of a video as typed, tidied and within bounds.</summary>
    /// <returns>In order. Otherwise the code of the first mistake, with a message for every chapter that has one.</returns>
    internal static Result<List<VideoChapter>> ApplyTo(Video video, IReadOnlyList<ChapterEdit?> wanted)
    {
        if (wanted.Count > MaxCount)
        {
            return VideoFailures.ChaptersTooMany;
        }

        if (wanted.Count > 0 && video.DurationInMilliseconds is null)
        {
            return VideoFailures.LengthUnknown;
        }

        List<VideoChapter> chapters = [];
        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        Failure? first = null;
        long? before = null;
        for (var index = 0; index < wanted.Count; index++)
        {
            var (start, title) = (wanted[index]?.StartMs, Text.SingleLine(wanted[index]?.Title, VideoChapter.MaxTitleLength));
            if (MistakeOf(start, before, video.DurationInMilliseconds) is { } misplaced)
            {
                first ??= misplaced;
                mistakes[FieldOf(index, "startMs")] = misplaced.Message;
            }

            if (title is null || IsLonger(wanted[index]?.Title, title))
            {
                var misnamed = title is null ? VideoFailures.ChapterUntitled : VideoFailures.ChapterTitleTooLong;
                first ??= misnamed;
                mistakes[FieldOf(index, "title")] = misnamed.Message;
            }

            chapters.Add(new VideoChapter { VideoId = video.Id, StartInMilliseconds = start ?? 0, Title = title ?? "" });
            before = start ?? before;
        }

        return first is null ? Result.Of(chapters) : first with { Fields = mistakes };
    }

    private static Failure? MistakeOf(long? start, long? before, long? duration) => start switch
    {
        null or < 0 => VideoFailures.ChapterTimeInvalid,
        _ when start <= before => VideoFailures.ChaptersUnordered,
        _ when start >= duration => VideoFailures.ChapterBeyondEnd,
        _ => null,
    };

    // One character more is kept only where there is one more.
    private static bool IsLonger(string? typed, string tidied) => Text.SingleLine(typed, VideoChapter.MaxTitleLength + 1) != tidied;
}
