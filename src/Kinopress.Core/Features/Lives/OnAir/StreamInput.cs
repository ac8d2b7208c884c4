using Kinopress.Media.Flv;
using Kinopress.Media.Live;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>What one encoder sends, understood: access units on its own clock. One caller at a time.</summary>
internal sealed class StreamInput
{
    private readonly FlvUnpacker _unpacker = new();
    private bool _hasChanged;

    public LiveTracks Tracks => _unpacker.Tracks;

    public StreamStart Start { get; private set; } = new();

    /// <summary>The stream has been let in.</summary>
    public bool HasBegun { get; set; }

    /// <summary>What of it cannot be used, and what to do; null when all is well.</summary>
    public LiveAdvice? Complaint { get; private set; }

    public double? FrameRate => Tracks.Video?.FrameRate?.Value;

    /// <returns>Null when it holds nothing to play.</returns>
    public AccessUnit? Read(FlvTagType type, long timestamp, ReadOnlyMemory<byte> body)
    {
        var read = _unpacker.Read(type, timestamp, body);
        switch (read.Event)
        {
            case FlvEvent.Unit:
                return read.Unit;
            case FlvEvent.TracksChanged:
                _hasChanged = HasBegun;
                Complaint = null;
                return null;
            case FlvEvent.Refused when read.Refusal is { } refusal:
                Complaint = StreamComplaints.Of(refusal);
                return null;
            default:
                return null;
        }
    }

    /// <summary>The encoder was away, though its connection was not: it has to be let in again, from a keyframe on.</summary>
    public void StartAgain() => (Start, HasBegun) = (new StreamStart(), false);

    /// <summary>The encoder's clock jumped, so that the time of what follows is unknown: a new stretch is to begin.</summary>
    public void NoteJump() => _hasChanged = true;

    /// <summary>The encoder changed what it sends, or its clock jumped; a new stretch begins where a decoder can.</summary>
    public bool WantsNewStretch(AccessUnit unit) => _hasChanged && (Tracks.Video is null || (unit.Track == LiveTrack.Video && unit.IsKeyframe));

    public LiveTracks TakeTracks()
    {
        _hasChanged = false;
        return Tracks;
    }
}
