using System.Buffers;
using Kinopress.Media.Bitstreams;
using Kinopress.Media.Fmp4;

namespace Kinopress.Media.Live;

/// <summary>Collects access units of one stretch and writes them as fragments.</summary>
internal sealed class PartMuxer(LiveTracks tracks)
{
    /// <summary>Decode times start at ten seconds, so that nothing early is ever before zero.</summary>
    public const long FirstMillisecond = 10_000;

    private const int TicksPerMillisecond = (int)LiveHeader.VideoTimescale / 1000;
    private const long GuessedFrame = 40 * TicksPerMillisecond;

    private readonly SampleQueue video = new();
    private readonly SampleQueue audio = new();
    private readonly AudioClock? clock = tracks.Audio is { } sound ? new AudioClock(sound.SampleRate) : null;
    private long lastVideoDuration = GuessedFrame;

    public LiveTracks Tracks => tracks;

    /// <summary>Of what waits, in units of 100 ns; null when nothing does.</summary>
    public long? OldestStart => (video.Count, audio.Count) switch
    {
        (0, 0) => null,
        (0, _) => audio.Samples[0].Start,
        (_, 0) => video.Samples[0].Start,
        _ => Math.Min(video.Samples[0].Start, audio.Samples[0].Start),
    };

    /// <summary>How long the newest frame but one of the track lasted, in units of 100 ns.</summary>
    public long LastFrame => tracks.Video is null
        ? audio.Count > 0 ? ToTime(audio.Last.Duration, audio: true) : 0
        : ToTime(lastVideoDuration, audio: false);

    /// <summary>End of everything that waits, in units of 100 ns; zero when nothing does.</summary>
    public long End => Math.Max(EndOf(video, audio: false), EndOf(audio, audio: true));

    /// <summary>Keeps a copy of the unit.</summary>
    /// <returns>Its start in units of 100 ns; null when it is dropped.</returns>
    public long? Add(in AccessUnit unit) => unit.Track == LiveTrack.Video ? AddVideo(unit) : AddAudio(unit);

    /// <summary>The newest picture's duration is guessed from the one before: no other will come.</summary>
    public void FinishVideo()
    {
        if (video.Count > 0 && video.Last.Duration == 0)
        {
            video.Last.Duration = lastVideoDuration;
        }
    }

    /// <summary>Forgets pictures that start before one moment, and sound that ends before another.</summary>
    public void DropBefore(long picture, long sound)
    {
        video.Remove(CountEnding(video, picture, audio: false));
        audio.Remove(CountEnding(audio, sound, audio: true));
    }

    /// <summary>Whether the oldest picture is a keyframe and starts before a moment.</summary>
    public bool StartsWithKeyframeBefore(long moment) => video.Count > 0 && video.Samples[0] is { IsKeyframe: true } first && first.Start < moment;

    /// <summary>Writes pictures that start before one moment and sound before another as one fragment; null when there is none.</summary>
    public SharedBytes? Take(long picture, long sound, uint sequence, out bool startsWithKeyframe)
    {
        var (pictures, sounds) = (video.CountBefore(picture), audio.CountBefore(sound));
        startsWithKeyframe = pictures > 0 ? video.Samples[0].IsKeyframe : tracks.Video is null;
        if (pictures + sounds == 0)
        {
            return null;
        }

        var (videoBytes, audioBytes) = (video.SizeOf(pictures), audio.SizeOf(sounds));
        var header = LiveFragment.HeaderSize(pictures, sounds);
        var size = checked(header + videoBytes + audioBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        LiveFragment.Write(buffer, sequence, video.Samples[..pictures], videoBytes, audio.Samples[..sounds], audioBytes);
        video.CopyTo(buffer.AsSpan(header), videoBytes);
        audio.CopyTo(buffer.AsSpan(header + videoBytes), audioBytes);
        video.Remove(pictures);
        audio.Remove(sounds);
        return new SharedBytes(buffer, size);
    }

    public void Clear()
    {
        video.Clear();
        audio.Clear();
    }

    private long? AddVideo(in AccessUnit unit)
    {
        if (tracks.Video is null || unit.Payload.IsEmpty)
        {
            return null;
        }

        var time = (unit.DecodeTime + FirstMillisecond) * TicksPerMillisecond;
        if (video.Count > 0)
        {
            ref var last = ref video.Last;
            time = Math.Max(time, last.DecodeTime + TicksPerMillisecond);
            lastVideoDuration = last.Duration = time - last.DecodeTime;
        }

        var start = ToTime(time, audio: false) - (FirstMillisecond * TimeSpan.TicksPerMillisecond);
        video.Add(
            new LiveSample
            {
                DecodeTime = time,
                CompositionOffset = unit.CompositionOffset * TicksPerMillisecond,
                Size = unit.Payload.Length,
                IsKeyframe = unit.IsKeyframe,
                Start = start,
            },
            unit.Payload.Span);
        return start;
    }

    private long? AddAudio(in AccessUnit unit)
    {
        if (tracks.Audio is not { } sound || clock is null || unit.Payload.IsEmpty)
        {
            return null;
        }

        var samples = sound.Codec == MediaCodec.Opus ? OpusHead.SamplesIn(unit.Payload.Span) : sound.SamplesPerFrame;
        if (samples == 0 || !clock.TryAdvance(unit.DecodeTime, samples, out var time, out var gap))
        {
            return null;
        }

        if (audio.Count > 0)
        {
            audio.Last.Duration += gap;
        }

        var start = ToTime(time, audio: true) - (FirstMillisecond * TimeSpan.TicksPerMillisecond);
        audio.Add(
            new LiveSample { DecodeTime = time, Duration = samples, Size = unit.Payload.Length, IsKeyframe = true, Start = start },
            unit.Payload.Span);
        return start;
    }

    private long EndOf(SampleQueue queue, bool audio) => queue.Count == 0 ? 0 : queue.Last.Start + ToTime(queue.Last.Duration, audio);

    private int CountEnding(SampleQueue queue, long moment, bool audio)
    {
        var count = 0;
        while (count < queue.Count && queue.Samples[count] is var sample
            && (audio ? sample.Start + ToTime(sample.Duration, audio) <= moment : sample.Start < moment))
        {
            count++;
        }

        return count;
    }

    private long ToTime(long ticks, bool audio) =>
        (long)((Int128)ticks * TimeSpan.TicksPerSecond / (audio ? tracks.Audio?.SampleRate ?? 1 : (int)LiveHeader.VideoTimescale));
}
