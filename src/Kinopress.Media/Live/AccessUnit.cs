using System.Runtime.InteropServices;

namespace Kinopress.Media.Live;

/// <summary>One of the two tracks of a live stream.</summary>
public enum LiveTrack
{
    Video,
    Audio,
}

/// <summary>One coded picture or frame of sound, as MP4 stores it: NAL units behind four-byte lengths, raw AAC, Opus packets.</summary>
/// <param name="DecodeTime">In milliseconds; of the publisher's clock until <see cref="LiveTimeline"/> has mapped it.</param>
/// <param name="CompositionOffset">Presentation minus decode time, in milliseconds; may be negative.</param>
/// <param name="IsKeyframe">Decoding may start here. True for sound.</param>
/// <param name="Payload">Valid only during the call it is handed to.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AccessUnit(
    LiveTrack Track, long DecodeTime, int CompositionOffset, bool IsKeyframe, ReadOnlyMemory<byte> Payload);
