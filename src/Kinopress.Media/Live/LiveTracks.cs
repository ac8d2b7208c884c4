using Kinopress.Media.Bitstreams;

namespace Kinopress.Media.Live;

/// <summary>What a stretch of a live stream consists of. A change begins a new stretch with a new initialisation segment.</summary>
/// <param name="Video">Null for sound alone.</param>
/// <param name="Audio">Null for a silent picture.</param>
public sealed record LiveTracks(VideoConfiguration? Video, AudioConfiguration? Audio)
{
    /// <summary>RFC 6381, comma-separated, as multivariant playlists want it.</summary>
    public string Codecs => (Video, Audio) switch
    {
        ({ } video, { } audio) => $"{video.CodecName},{audio.CodecName}",
        ({ } video, null) => video.CodecName,
        (null, { } audio) => audio.CodecName,
        _ => "",
    };

    /// <summary>Whether a decoder set up for one plays the other.</summary>
    public bool Matches(LiveTracks other) =>
        Same(Video?.Codec, other.Video?.Codec, Video?.Record, other.Video?.Record)
        && Same(Audio?.Codec, other.Audio?.Codec, Audio?.Record, other.Audio?.Record);

    private static bool Same(MediaCodec? codec, MediaCodec? other, ReadOnlyMemory<byte>? record, ReadOnlyMemory<byte>? otherRecord) =>
        codec == other && (record ?? default).Span.SequenceEqual((otherRecord ?? default).Span);
}
