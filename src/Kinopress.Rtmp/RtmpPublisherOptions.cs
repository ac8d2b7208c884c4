namespace Kinopress.Rtmp;

/// <summary>How a publisher presents itself and how patient it is.</summary>
public sealed record RtmpPublisherOptions
{
    /// <summary>For the handshake, and again from there to the server's consent to publish.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the server may not read what is sent to it.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Of what this side sends, in bytes: at least 128. Servers with small limits know 4096, since common encoders use it.</summary>
    public int ChunkSizeInBytes { get; init; } = 4096;

    /// <summary>The longest message the server may send, in bytes.</summary>
    public int MaxMessageSizeInBytes { get; init; } = 256 * 1024;

    /// <summary>Services choose their behaviour by the beginning of this.</summary>
    public string FlashVersion { get; init; } = "FMLE/3.0 (compatible; Kinopress)";

    /// <summary>Codecs of Enhanced RTMP that will be sent, such as <c>hvc1</c>; none for the old ones.</summary>
    public IReadOnlyList<string> FourCcs { get; init; } = [];
}
