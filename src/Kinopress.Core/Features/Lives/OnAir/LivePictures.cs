using System.Collections.Concurrent;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Kinopress.Media.Encoding;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// What lives on air look like: a small JPEG of each, taken from its newest segment and kept in memory while it is on air.
/// Without ffmpeg there are none. Read by anybody; renewed by one caller.
/// </summary>
public sealed partial class LivePictures(
    Broadcasts broadcasts, IProcessRunner processes, WorkFolder work, KinopressOptions options, TimeProvider clock, ILogger<LivePictures> logger)
{
    /// <summary>How old a picture may become.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(20);

    private const int Width = 960;
    private const int MaxBytes = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Taken> _pictures = new(StringComparer.Ordinal);

    /// <summary>Null before the first, and when the live is not on air here.</summary>
    public LivePicture? Find(string publicId) => _pictures.TryGetValue(publicId, out var taken) ? taken.Picture : null;

    /// <summary>Takes those that are due, one after another, and forgets those of lives that have left.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        foreach (var publicId in _pictures.Keys.Where(publicId => broadcasts.Find(publicId) is null or { HasEnded: true }))
        {
            _pictures.TryRemove(publicId, out _);
        }

        foreach (var broadcast in broadcasts.List())
        {
            var name = broadcast.Live.PublicId;
            if (broadcast.HasEnded || broadcast.Source.NewestPicture is not { } segment
                || (_pictures.TryGetValue(name, out var taken) && (taken.MediaSequence == segment.MediaSequence || clock.GetElapsedTime(taken.At) < Lifetime)))
            {
                continue;
            }

            var at = clock.GetTimestamp();
            var picture = await TakeAsync(broadcast.Source, segment.MediaSequence, segment.InitNumber, cancellationToken) ?? Find(name);
            _pictures[name] = new Taken(picture, at, segment.MediaSequence);
        }
    }

    private async Task<LivePicture?> TakeAsync(BroadcastRendition rendition, long mediaSequence, int initNumber, CancellationToken cancellationToken)
    {
        if (rendition.FindInit(initNumber) is not { } init || rendition.FindSegment(mediaSequence) is not { } parts)
        {
            return null; // it has left the memory: the next one
        }

        const string Input = "segment.mp4";
        using var space = work.Create();
        try
        {
            await using var file = space.Create(Input);
            await file.WriteAsync(init, cancellationToken);
            foreach (var part in parts)
            {
                await file.WriteAsync(part.Memory, cancellationToken);
            }
        }
        finally
        {
            foreach (var part in parts)
            {
                part.Release();
            }
        }

        return await RunAsync(space, space.FileFor(Input), cancellationToken);
    }

    private async Task<LivePicture?> RunAsync(WorkSpace space, string input, CancellationToken cancellationToken)
    {
        const string Output = "picture.jpg";
        try
        {
            var request = new ProcessRequest(options.Ffmpeg, LivePictureCommand.Arguments(input, Width, space.FileFor(Output))) { InBackground = true, Timeout = Patience };
            var outcome = await processes.RunAsync(request, cancellationToken);
            if (!outcome.Succeeded)
            {
                Log.NotTaken(logger, outcome.ExitCode, outcome.ErrorOutput);
            }
        }
        catch (ProgramMissingException)
        {
            return null; // Studio says so already
        }

        if (!space.Has(Output) || space.SizeOf(Output) is 0 or > MaxBytes)
        {
            return null;
        }

        await using var taken = space.OpenRead(Output);
        var bytes = new byte[taken.Length];
        await taken.ReadExactlyAsync(bytes, cancellationToken);
        return new LivePicture(bytes, clock.GetUtcNow());
    }

    /// <param name="Picture">Null when it could not be taken; it is tried again when it is due.</param>
    private sealed record Taken(LivePicture? Picture, long At, long MediaSequence);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "live.picture_not_taken", Message = "No picture could be taken of a live: ffmpeg ended with {ExitCode}, {Error}")]
        public static partial void NotTaken(ILogger logger, int exitCode, string error);
    }
}

/// <summary>A JPEG.</summary>
public sealed record LivePicture(ReadOnlyMemory<byte> Bytes, DateTimeOffset TakenAt);
