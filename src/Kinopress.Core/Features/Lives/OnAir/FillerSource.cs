using System.Buffers.Binary;
using Kinopress.Media.Flv;
using Kinopress.Media.Live;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// A still picture and silence, sent while the encoder is away, so that players which know nothing of this site keep
/// waiting instead of giving up. Left out of the replay. One caller at a time.
/// </summary>
internal sealed class FillerSource
{
    private const string FileName = "filler.flv";
    private static readonly Lazy<Loop> Recorded = new(Loop.Read);

    private readonly BroadcastRendition _target;
    private readonly TimeProvider _clock;
    private readonly long _startedAt;
    private int _next;
    private long _round;

    private FillerSource(BroadcastRendition target, TimeProvider clock)
    {
        (_target, _clock, _startedAt) = (target, clock, clock.GetTimestamp());
        target.Begin(Recorded.Value.Tracks, clock.GetUtcNow(), isFiller: true);
    }

    /// <param name="away">How long nothing has been sent.</param>
    public static FillerSource Start(BroadcastRendition target, TimeSpan away, TimeProvider clock)
    {
        target.Reconnect(away);
        return new FillerSource(target, clock);
    }

    /// <summary>Sends what belongs to the time until then.</summary>
    public void WriteUntil(long now)
    {
        var until = (long)_clock.GetElapsedTime(_startedAt, now).TotalMilliseconds;
        var loop = Recorded.Value;
        while (_round + loop.Units[_next].DecodeTime <= until)
        {
            var unit = loop.Units[_next] with { DecodeTime = _round + loop.Units[_next].DecodeTime };
            _target.Write(unit with { DecodeTime = _target.Place(unit).Milliseconds });
            if (++_next == loop.Units.Count)
            {
                (_next, _round) = (0, _round + loop.LengthInMilliseconds);
            }
        }
    }

    private sealed record Loop(LiveTracks Tracks, IReadOnlyList<AccessUnit> Units, long LengthInMilliseconds)
    {
        // Adobe FLV 10.1 annex E.2 to E.4.1.
        private const int HeaderSize = 13;
        private const int TagHeaderSize = 11;
        private const int TagTrailerSize = 4;

        public static Loop Read()
        {
            using var file = typeof(FillerSource).Assembly.GetManifestResourceStream(FileName)
                ?? throw new InvalidOperationException($"{FileName} is not embedded.");
            using var memory = new MemoryStream();
            file.CopyTo(memory);
            var input = new StreamInput();
            List<AccessUnit> units = [];
            var rest = memory.ToArray().AsMemory(HeaderSize);
            while (rest.Length > TagHeaderSize)
            {
                var size = BinaryPrimitives.ReadInt32BigEndian(rest.Span) & 0xFFFFFF;
                var timestamp = BinaryPrimitives.ReadInt32BigEndian(rest.Span[4..]) >>> 8; // of a short file
                if (input.Read((FlvTagType)rest.Span[0], timestamp, rest.Slice(TagHeaderSize, size)) is { } unit)
                {
                    units.Add(unit);
                }

                rest = rest[(TagHeaderSize + size + TagTrailerSize)..];
            }

            var step = units.Where(unit => unit.Track == LiveTrack.Video).Select(unit => unit.DecodeTime).Order().Take(2).ToList();
            return new Loop(input.Tracks, units, units.Max(unit => unit.DecodeTime) + step[1] - step[0]);
        }
    }
}
