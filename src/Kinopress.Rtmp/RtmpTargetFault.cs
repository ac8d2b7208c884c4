namespace Kinopress.Rtmp;

/// <summary>Why an address is none to publish to.</summary>
public enum RtmpTargetFault
{
    /// <summary>The address is fine.</summary>
    None,

    /// <summary>Nothing was given.</summary>
    Missing,

    /// <summary>More than 2048 characters.</summary>
    TooLong,

    /// <summary>Blanks or control characters inside, or otherwise no address.</summary>
    Malformed,

    /// <summary>It begins with neither <c>rtmp://</c> nor <c>rtmps://</c>.</summary>
    WrongScheme,

    /// <summary>There is no name or number of a host, or a port that cannot be.</summary>
    WrongHost,

    /// <summary>Nothing between host and key.</summary>
    MissingApp,

    /// <summary>The stream key is missing.</summary>
    MissingKey,
}
