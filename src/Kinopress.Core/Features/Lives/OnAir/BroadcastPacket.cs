using System.Runtime.InteropServices;
using Kinopress.Media.Flv;
using Kinopress.Media.Live;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>What a packet is for.</summary>
public enum BroadcastPacketKind
{
    /// <summary>What the encoder says of its stream (<c>onMetaData</c>). A hint.</summary>
    Metadata,

    /// <summary>A decoder configuration, for everything of its track that follows.</summary>
    Configuration,

    /// <summary>A coded picture, or sound.</summary>
    Frame,
}

/// <summary>A piece of a live stream on its way to somebody who passes it on: the body of an FLV tag or RTMP message.</summary>
/// <param name="Milliseconds">Decode time in the session's media time: rises through reconnects and whatever an encoder's clock does.</param>
/// <param name="IsKeyframe">Whoever joins may start here: a picture that needs no other, or any sound of a stream without pictures.</param>
/// <param name="Bytes">Shared by all subscribers. Whoever reads the packet releases it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BroadcastPacket(BroadcastPacketKind Kind, FlvTagType Type, long Milliseconds, bool IsKeyframe, SharedBytes Bytes);
