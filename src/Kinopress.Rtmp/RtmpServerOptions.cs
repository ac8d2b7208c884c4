namespace Kinopress.Rtmp;

/// <summary>How a server treats publishers. The defaults suit encoders over the internet.</summary>
public sealed record RtmpServerOptions
{
    /// <summary>From the connection to the end of the handshake.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the handshake to publish.</summary>
    public TimeSpan PublishTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one read waits for audio, video or data, whatever else arrives; null leaves it to the caller's token.</summary>
    public TimeSpan? MediaTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the publisher may not read what is sent to it.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a refused publisher may take to leave by itself; some encoders hang when they are cut off.</summary>
    public TimeSpan RefusalLinger { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Of what this side sends, in bytes: at least 128. Many encoders take it over for what they send.</summary>
    public int ChunkSizeInBytes { get; init; } = 65536;

    /// <summary>The longest audio, video or data message, in bytes; at most 16777215.</summary>
    public int MaxMessageSizeInBytes { get; init; } = 0xff_ffff;

    /// <summary>Memory for messages of a publisher that have begun and not ended, in bytes.</summary>
    public int MaxUnfinishedSizeInBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Codecs that are answered to a client that speaks Enhanced RTMP.</summary>
    public IReadOnlyList<string> VideoFourCcs { get; init; } = ["avc1", "hvc1", "av01"];

    public IReadOnlyList<string> AudioFourCcs { get; init; } = ["mp4a", "Opus"];

    /// <summary>What is answered as <c>capsEx</c>; each bit is a promise of whoever parses the media.</summary>
    public RtmpCapabilities Capabilities { get; init; } = RtmpCapabilities.Reconnect;
}
