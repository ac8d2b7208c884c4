namespace Kinopress.Rtmp;

/// <summary>Why a publisher's session ends.</summary>
public enum RtmpEnding
{
    /// <summary>The publisher said so.</summary>
    ByPublisher,

    /// <summary>A newer publisher took over.</summary>
    TakenOver,

    /// <summary>The live was ended on the site.</summary>
    ByOwner,

    /// <summary>This server stops; the publisher may come back in a moment.</summary>
    ServerStopping,
}
