using System.Text.Json.Serialization;

namespace Kinopress.Media.Probing;

/// <summary>The transfer function of a high dynamic range picture (ITU-R BT.2100).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HdrKind>))]
public enum HdrKind
{
    /// <summary>Standard dynamic range.</summary>
    None,

    /// <summary>Hybrid log-gamma.</summary>
    Hlg,

    /// <summary>Perceptual quantizer: HDR10, HDR10+ and most Dolby Vision.</summary>
    Pq,
}
