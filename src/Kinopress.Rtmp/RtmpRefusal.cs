using Kinopress.Rtmp.Commands;

namespace Kinopress.Rtmp;

/// <summary>Why a publisher is turned away.</summary>
/// <param name="Code">A code of NetStream's, which encoders know.</param>
/// <param name="Description">For the person at the encoder; few show it.</param>
public sealed record RtmpRefusal(string Code, string Description)
{
    /// <summary>Encoders show this as an invalid stream key and stop trying.</summary>
    public static RtmpRefusal BadName(string description) => new(StatusCode.PublishBadName, description);

    /// <summary>The key is right and still this may not be published.</summary>
    public static RtmpRefusal Denied(string description) => new(StatusCode.PublishDenied, description);
}
