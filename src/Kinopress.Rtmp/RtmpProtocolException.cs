namespace Kinopress.Rtmp;

/// <summary>The peer broke the protocol or was too slow; the connection is of no more use.</summary>
/// <remarks>The message is for logs: it holds numbers of the peer's, but no text and no stream key.</remarks>
public sealed class RtmpProtocolException : Exception
{
    public RtmpProtocolException()
        : this(RtmpFault.NotRtmp)
    {
    }

    public RtmpProtocolException(string message)
        : base(message)
    {
    }

    public RtmpProtocolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public RtmpProtocolException(RtmpFault fault)
        : this(fault, fault.ToString())
    {
    }

    public RtmpProtocolException(RtmpFault fault, string message)
        : base(message) => Fault = fault;

    public RtmpFault Fault { get; }
}
