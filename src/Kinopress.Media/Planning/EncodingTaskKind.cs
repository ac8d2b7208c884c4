using System.Text.Json.Serialization;

namespace Kinopress.Media.Planning;

/// <summary>What an <see cref="EncodingTask"/> does to the tracks it names.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EncodingTaskKind>))]
public enum EncodingTaskKind
{
    /// <summary>Puts tracks into new containers as they are; seconds even for long films.</summary>
    Copy,

    /// <summary>Decodes one chunk of the picture once and encodes several renditions of it.</summary>
    Video,

    /// <summary>Encodes one whole sound track.</summary>
    Audio,
}
