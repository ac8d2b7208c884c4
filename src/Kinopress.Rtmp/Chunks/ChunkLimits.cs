namespace Kinopress.Rtmp.Chunks;

/// <summary>Bounds of one connection.</summary>
/// <param name="MessageSize">Of one message, in bytes.</param>
/// <param name="UnfinishedSize">Of all messages that have begun and not ended, in bytes.</param>
internal readonly record struct ChunkLimits(int MessageSize, int UnfinishedSize)
{
    /// <summary>The most a message's length, three bytes, can say.</summary>
    public const int LargestMessage = 0xff_ffff;

    public const int ChunkStreams = 64;

    /// <summary>For commands, before anybody has said who publishes.</summary>
    public static ChunkLimits ForStrangers { get; } = new(64 * 1024, 256 * 1024);
}
