namespace Kinopress.Rtmp;

/// <summary>What a peer did wrong. Stable, so that callers may count and explain by it.</summary>
public enum RtmpFault
{
    /// <summary>The first byte is no RTMP version: some other protocol, or noise.</summary>
    NotRtmp,

    /// <summary>A TLS client greeted the plain port; RTMPS has its own.</summary>
    TlsOnPlainPort,

    /// <summary>A web browser or another HTTP client.</summary>
    HttpOnRtmpPort,

    /// <summary>RTMPE and its relatives, which nobody should use any more.</summary>
    EncryptedRtmp,

    /// <summary>The handshake did not end in time.</summary>
    HandshakeTimedOut,

    /// <summary>After the handshake no publish or no answer came in time.</summary>
    DialogueTimedOut,

    /// <summary>No audio, video or data for too long.</summary>
    MediaTimedOut,

    /// <summary>The peer stopped reading what is sent to it.</summary>
    WriteTimedOut,

    /// <summary>A chunk header that cannot be: nothing to continue, a new message inside another.</summary>
    MalformedChunk,

    /// <summary>A chunk size of zero or beyond the largest message.</summary>
    InvalidChunkSize,

    /// <summary>More chunk streams than any client needs.</summary>
    TooManyChunkStreams,

    /// <summary>A message longer than is allowed at this point.</summary>
    MessageTooLarge,

    /// <summary>Unfinished messages of one connection together hold too much memory.</summary>
    TooMuchUnfinished,

    /// <summary>A control message, an aggregate or a command of the wrong shape.</summary>
    MalformedMessage,

    /// <summary>AMF that is cut off, unknown, too deep or too large.</summary>
    MalformedAmf,

    /// <summary>A command where it has no place, such as publish before connect.</summary>
    CommandOutOfOrder,
}
