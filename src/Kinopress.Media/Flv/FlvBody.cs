using System.Runtime.InteropServices;
using Kinopress.Media.Bitstreams;

namespace Kinopress.Media.Flv;

/// <summary>What the body of an FLV tag holds.</summary>
public enum FlvBodyKind
{
    /// <summary>Nothing to play: empty, a seek marker, a further track of a multitrack message.</summary>
    Ignored,

    /// <summary>A decoder configuration.</summary>
    Configuration,

    /// <summary>A coded picture or sound.</summary>
    Frame,

    /// <summary>The track ends.</summary>
    End,

    /// <summary>Facts about the picture, such as its colours, in AMF.</summary>
    Metadata,

    /// <summary>Cannot be used; <see cref="FlvBody.Refusal"/> says why.</summary>
    Refused,
}

/// <summary>The body of an FLV tag or RTMP message, understood without copying (Adobe FLV 10.1 annex E.4; Enhanced RTMP v2).</summary>
/// <param name="Codec">Of configurations, frames and ends.</param>
/// <param name="IsKeyframe">As the publisher marked it; true for sound.</param>
/// <param name="CompositionOffset">Presentation minus decode time, in milliseconds; may be negative.</param>
/// <param name="Start">Where the payload starts in the body.</param>
/// <param name="Length">Of the payload, in bytes.</param>
/// <param name="Refusal">Only of <see cref="FlvBodyKind.Refused"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FlvBody(
    FlvBodyKind Kind, MediaCodec Codec, bool IsKeyframe, int CompositionOffset, int Start, int Length, MediaRefusal? Refusal = null)
{
    /// <summary>Never throws, whatever the bytes are.</summary>
    public static FlvBody ParseVideo(ReadOnlySpan<byte> body) => FlvVideoParser.Parse(body);

    /// <summary>Never throws, whatever the bytes are.</summary>
    public static FlvBody ParseAudio(ReadOnlySpan<byte> body) => FlvAudioParser.Parse(body);

    /// <summary>The payload within the body this was parsed from.</summary>
    public ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> body) => body.Slice(Start, Length);

    /// <summary>The payload within the body this was parsed from.</summary>
    public ReadOnlyMemory<byte> Payload(ReadOnlyMemory<byte> body) => body.Slice(Start, Length);

    internal static FlvBody Refused(MediaRefusal refusal) => new(FlvBodyKind.Refused, default, false, 0, 0, 0, refusal);
}
