namespace Kinopress.Core.Features.Lives;

/// <summary>In what form a page sends a live.</summary>
public enum BroadcastFormat
{
    /// <summary>Frames that the browser has encoded for viewers already.</summary>
    Frames,

    /// <summary>WebM as MediaRecorder writes it, one file for each connection; the server encodes it for viewers.</summary>
    WebM,
}

/// <summary>The words that formats have towards pages.</summary>
public static class BroadcastFormats
{
    /// <param name="word">Null for what pages send unless they say otherwise.</param>
    /// <returns>Null for an unknown one.</returns>
    public static BroadcastFormat? Find(string? word) => word switch
    {
        null or "frames" => BroadcastFormat.Frames,
        "webm" => BroadcastFormat.WebM,
        _ => null,
    };
}
