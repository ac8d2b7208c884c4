using System.Globalization;
using System.Security.Cryptography;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Kinopress.Media.Encoding;
using Kinopress.Media.Probing;

namespace Kinopress.Core.Features.Chat;

/// <summary>
/// Makes the pictures of emotes of files somebody sent, which are never served themselves, and keeps them. One at a time: a picture
/// of 16 million pixels takes 64 MB while it is open. Thread-safe.
/// </summary>
public sealed class EmotePictures(IProcessRunner processes, KinopressOptions options, WorkFolder work, IBlobStore blobs) : IDisposable
{
    private const long MaxPixels = (long)ChatEmote.MaxSide * ChatEmote.MaxSide;

    // Of all pictures of an animation together: a few seconds of decoding.
    private const long MaxPixelsInAll = 16 * MaxPixels;

    private const string InputName = "sent";
    private const string AlphaName = "sent-alpha";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Pixels a side. The largest first, as the others are made of it.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [112, 56, 28];

    public static string KeyOf(Id<ChatEmote> id, int size) => string.Create(CultureInfo.InvariantCulture, $"{FolderOf(id)}/{size}.webp");

    /// <summary>Stores the pictures of an emote that may be written down then.</summary>
    /// <returns><c>chat.emote_…</c> for what cannot be used, and when ffmpeg or room is missing; nothing is kept then.</returns>
    internal async Task<Result<MadeEmotePicture>> MakeAsync(Id<ChatEmote> id, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        if (PictureFile.Read(file.Span) is not { } picture)
        {
            return ChatFailures.EmoteNotAPicture;
        }

        if (picture.Width > ChatEmote.MaxSide || picture.Height > ChatEmote.MaxSide)
        {
            return ChatFailures.EmoteTooManyPixels;
        }

        if (picture.Frames > ChatEmote.MaxFrames || (long)picture.Width * picture.Height * picture.Frames > MaxPixelsInAll)
        {
            return ChatFailures.EmoteTooManyFrames;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await MakeAsync(id, picture, file, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Fine when there are none.</summary>
    internal Task DeleteAsync(Id<ChatEmote> id, CancellationToken cancellationToken) => blobs.DeleteAllAsync(FolderOf(id), cancellationToken);

    public void Dispose() => _turn.Dispose();

    private async Task<Result<MadeEmotePicture>> MakeAsync(Id<ChatEmote> id, PictureFile picture, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        using var space = work.Create();
        try
        {
            return (await EncodeAsync(space, picture, file, cancellationToken)).Failed(out var failure, out var isAnimated)
                ? failure
                : new MadeEmotePicture(await StoreAsync(space, id, cancellationToken), isAnimated);
        }
        catch (StorageFullException)
        {
            await DeleteAsync(id, CancellationToken.None);
            return ChatFailures.EmoteDiskFull;
        }
    }

    /// <returns>Whether the pictures move.</returns>
    private async Task<Result<bool>> EncodeAsync(WorkSpace space, PictureFile picture, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        if (ReadableOf(picture, file) is not var (colour, alpha, isAnimated))
        {
            return ChatFailures.EmoteNotAPicture;
        }

        await WriteAsync(space, InputName, colour, cancellationToken);
        if (alpha is { } apart)
        {
            await WriteAsync(space, AlphaName, apart, cancellationToken);
        }

        var outcome = await RunAsync(space, picture, isAnimated ? ChatEmote.MaxFrames : 1, cancellationToken);
        if (isAnimated && outcome is { } tried && tried.ErrorOutput.Contains("Unknown encoder", StringComparison.Ordinal))
        {
            isAnimated = false; // this ffmpeg writes still WebP, perhaps
            outcome = await RunAsync(space, picture, maxFrames: 1, cancellationToken);
        }

        return outcome switch
        {
            null => ChatFailures.EmoteFfmpegMissing,
            { ExitCode: < 0 } => ChatFailures.EmoteTookTooLong,
            { Succeeded: true } when Sizes.All(size => space.Has(NameOf(size))) => isAnimated,
            { ErrorOutput: var errors } when errors.Contains("Unknown encoder", StringComparison.Ordinal) => ChatFailures.EmoteFfmpegMissing,
            { ErrorOutput: var errors } when errors.Contains("No space left on device", StringComparison.Ordinal) => ChatFailures.EmoteDiskFull,
            _ => ChatFailures.EmoteNotAPicture,
        };
    }

    /// <summary>What ffmpeg cannot read, or not in every version, is taken apart: AVIF, and the first picture of WebP that moves.</summary>
    /// <returns>Null when there is no picture in it.</returns>
    private static (ReadOnlyMemory<byte> Colour, ReadOnlyMemory<byte>? Alpha, bool IsAnimated)? ReadableOf(PictureFile picture, ReadOnlyMemory<byte> file) => picture switch
    {
        { Format: PictureFormat.Avif } => AvifFile.Read(file.Span) is { } avif ? (avif.Colour, avif.Alpha is { } alpha ? (ReadOnlyMemory<byte>?)alpha : null, false) : null,
        { Format: PictureFormat.WebP, Frames: > 1 } => WebPFile.FirstFrame(file.Span) is { } first ? (first, null, false) : null,
        _ => (file, null, picture.Frames > 1),
    };

    private static async Task WriteAsync(WorkSpace space, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var file = space.Create(name);
        await file.WriteAsync(content, cancellationToken);
    }

    /// <returns>Null when ffmpeg is not installed.</returns>
    private async Task<ProcessOutcome?> RunAsync(WorkSpace space, PictureFile picture, int maxFrames, CancellationToken cancellationToken)
    {
        var arguments = SquarePicturesCommand.Arguments(
            space.FileFor(InputName), space.Has(AlphaName) ? space.FileFor(AlphaName) : null, picture, MaxPixels, maxFrames, [.. Sizes.Select(size => (size, space.FileFor(NameOf(size))))]);
        try
        {
            return await processes.RunAsync(new ProcessRequest(options.Ffmpeg, arguments) { Timeout = Patience }, cancellationToken);
        }
        catch (ProgramMissingException)
        {
            return null;
        }
    }

    /// <returns>The hash of what is in all of them.</returns>
    private async Task<string> StoreAsync(WorkSpace space, Id<ChatEmote> id, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var size in Sizes)
        {
            await using var made = space.OpenRead(NameOf(size));
            var content = new byte[made.Length];
            await made.ReadExactlyAsync(content, cancellationToken);
            hash.AppendData(content);
        }

        foreach (var size in Sizes)
        {
            await blobs.PutAsync(KeyOf(id, size), space.FileFor(NameOf(size)), CancellationToken.None);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..ChatEmote.PictureLength];
    }

    private static string NameOf(int size) => string.Create(CultureInfo.InvariantCulture, $"{size}.webp");

    private static string FolderOf(Id<ChatEmote> id) => $"emotes/{id.Value:N}";
}

/// <summary>Pictures that lie in the store.</summary>
internal sealed record MadeEmotePicture(string Hash, bool IsAnimated);
