namespace Kinopress.Rtmp;

/// <summary>The server said no: to the application, to the key, or later to the stream.</summary>
public sealed class RtmpRefusedException : Exception
{
    public RtmpRefusedException()
    {
    }

    public RtmpRefusedException(string message)
        : base(message)
    {
    }

    public RtmpRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public RtmpRefusedException(string code, string description, RtmpTarget? retryWith)
        : base($"{code}: {description}")
    {
        Code = code;
        Description = description;
        RetryWith = retryWith;
    }

    /// <summary>The server's own, such as <c>NetStream.Publish.BadName</c>; empty when it gave none.</summary>
    public string Code { get; } = "";

    /// <summary>The server's own words; a stranger's text.</summary>
    public string Description { get; } = "";

    /// <summary>
    /// The server wants the account, and this target knows how to give it: connect anew with it, over a new transport. Happens twice in a row
    /// at most. Null when trying again with the same address leads nowhere.
    /// </summary>
    public RtmpTarget? RetryWith { get; }
}
