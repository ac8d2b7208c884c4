namespace Kinopress.Rtmp.Connections;

/// <summary>When to tell the peer how much has come (RTMP 1.0 §5.4.3 to §5.4.5). Sent more often than asked, and unasked: some encoders stop without.</summary>
internal sealed class Acknowledgements
{
    public const uint Window = 2_500_000;
    private const uint SmallestWindow = 8192;

    private uint peerWindow = Window;
    private uint announced;
    private long acknowledged;

    public uint PeerWindow
    {
        set => peerWindow = Math.Clamp(value, SmallestWindow, Window);
    }

    /// <summary>True once for each half window.</summary>
    public bool AreDue(long receivedBytes)
    {
        if (receivedBytes - acknowledged < peerWindow / 2)
        {
            return false;
        }

        acknowledged = receivedBytes;
        return true;
    }

    /// <returns>False when the peer already knows that window.</returns>
    public bool TryAnnounce(uint bytes, out uint window)
    {
        window = bytes;
        var isNew = announced != bytes;
        announced = bytes;
        return isNew;
    }
}
