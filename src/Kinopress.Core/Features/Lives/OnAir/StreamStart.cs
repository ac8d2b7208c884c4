using Kinopress.Media.Live;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// Holds back the first moments of a stream until it is clear what it consists of: picture and sound may start in either
/// order, and one of them may never come. Bounded in size. One caller at a time.
/// </summary>
internal sealed class StreamStart
{
    private const long PatienceInMilliseconds = 800;
    private const int MaxHeldBytes = 16 * 1024 * 1024;

    private readonly List<AccessUnit> _held = [];
    private long _heldBytes;
    private long? _firstPicture;
    private long? _firstSound;

    /// <summary>Waits for the first keyframe, or for sound that nobody sends a picture with.</summary>
    /// <param name="unit">Copied when it is held.</param>
    /// <returns>True when the stream can begin, with everything held.</returns>
    public bool Offer(AccessUnit unit, LiveTracks tracks)
    {
        if (unit.Track == LiveTrack.Video)
        {
            if (_firstPicture is null && !unit.IsKeyframe)
            {
                return false; // nothing can be decoded before
            }

            _firstPicture ??= unit.DecodeTime;
        }
        else
        {
            _firstSound ??= unit.DecodeTime;
        }

        Hold(unit);
        return (tracks.Video is not null, tracks.Audio is not null) switch
        {
            (true, true) => _firstPicture is not null && (_firstSound is not null || IsOver(_firstPicture, unit)),
            (true, false) => IsOver(_firstPicture, unit),
            (false, true) => IsOver(_firstSound, unit),
            _ => false,
        };
    }

    /// <summary>What was held, from the first keyframe on where there is a picture.</summary>
    public IEnumerable<AccessUnit> Take()
    {
        var from = _firstPicture ?? long.MinValue;
        return _held.Where(unit => unit.Track == LiveTrack.Video || unit.DecodeTime >= from).OrderBy(unit => unit.DecodeTime);
    }

    private bool IsOver(long? since, AccessUnit unit) => _heldBytes > MaxHeldBytes || (since is { } first && unit.DecodeTime - first >= PatienceInMilliseconds);

    private void Hold(AccessUnit unit)
    {
        if (_heldBytes <= MaxHeldBytes)
        {
            _held.Add(unit with { Payload = unit.Payload.ToArray() });
            _heldBytes += unit.Payload.Length;
        }
    }
}
