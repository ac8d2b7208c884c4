using System.Text.Json.Serialization;

namespace Kinopress.Media.Probing;

/// <summary>Why a file is not taken.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProbeRefusal>))]
public enum ProbeRefusal
{
    /// <summary>Empty, not a film, or a container that is not accepted.</summary>
    NotMedia,

    /// <summary>The file does not say how long it is, as an interrupted recording.</summary>
    NoDuration,

    TooShort,

    TooLong,

    DimensionsTooLarge,

    /// <summary>There are tracks, but none that ffmpeg can decode: unknown or encrypted.</summary>
    CodecNotSupported,

    /// <summary>The end of the file is missing, and with it its index.</summary>
    Truncated,
}
