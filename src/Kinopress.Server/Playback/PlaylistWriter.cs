using System.Globalization;
using Kinopress.Core.Features.Renditions;
using Kinopress.Media.Hls;

namespace Kinopress.Server.Playback;

/// <summary>Turns what there is of a video into HLS playlists (RFC 8216). Addresses in them are relative.</summary>
internal static class PlaylistWriter
{
    private const string AudioGroup = "sound";
    private const int FallbackBandwidth = 128_000;

    // A growing playlist promises the longest segment that may still come.
    private static readonly TimeSpan GrowingTarget = TimeSpan.FromSeconds(6);

    /// <summary>
    /// Complete qualities; while there is none, those that have begun, so that a long film can be watched from its start.
    /// </summary>
    /// <returns>Null when nothing plays yet.</returns>
    public static string? Multivariant(PlaybackManifest manifest)
    {
        var sounds = manifest.Renditions.Where(rendition => rendition is { Kind: RenditionKind.Sound, IsComplete: true }).ToList();
        var pictures = manifest.Renditions.Where(rendition => rendition is { Kind: RenditionKind.Picture, IsComplete: true }).ToList();
        if (pictures.Count == 0)
        {
            pictures = manifest.Renditions.Where(rendition => rendition is { Kind: RenditionKind.Picture, Chunks.Count: > 0 }).ToList();
        }

        // What carries its sound inside needs none beside.
        if (pictures.Exists(picture => picture.IsMuxed))
        {
            sounds.Clear();
        }

        var loudest = sounds.Select(Peak).DefaultIfEmpty(0).Max();
        var average = sounds.Select(Average).DefaultIfEmpty(0).Max();
        var soundCodecs = sounds.Count == 0 ? null : sounds[0].Chunks[0].Codecs;
        List<VariantStream> variants = [.. pictures
            .OrderByDescending(picture => picture.Height * picture.Width)
            .Select(picture => new VariantStream
            {
                Location = $"{picture.Key}/index.m3u8",
                Width = picture.Width,
                Height = picture.Height,
                FrameRate = picture.FrameRate,
                BandwidthInBitsPerSecond = Peak(picture) + loudest,
                AverageBandwidthInBitsPerSecond = Average(picture) + average,
                Codecs = soundCodecs is null ? picture.Chunks[0].Codecs : $"{picture.Chunks[0].Codecs},{soundCodecs}",
                AudioGroup = sounds.Count == 0 ? null : AudioGroup,
            })];
        if (manifest.Renditions.All(rendition => rendition.Kind == RenditionKind.Sound))
        {
            variants.AddRange(sounds.Take(1).Select(sound => new VariantStream
            {
                Location = $"{sound.Key}/index.m3u8",
                Width = null,
                Height = null,
                FrameRate = null,
                BandwidthInBitsPerSecond = Peak(sound),
                AverageBandwidthInBitsPerSecond = Average(sound),
                Codecs = sound.Chunks[0].Codecs,
            }));
            sounds.Clear();
        }

        return variants.Count == 0 ? null : new MultivariantPlaylist
        {
            Variants = variants,
            Audio = [.. sounds.Select((sound, index) => Audio(sound, index + 1))],
            HasIndependentSegments = manifest.Renditions.All(HasIndependentSegments),
        }.Write();
    }

    public static string Media(PlayableRendition rendition)
    {
        var firstOfInit = new Dictionary<string, string>(StringComparer.Ordinal);
        List<MediaSegment> segments = [];
        foreach (var chunk in rendition.Chunks)
        {
            // Equal initialisation sections share one address, so that players do not reset between chunks.
            if (!firstOfInit.TryGetValue(chunk.InitHash, out var map))
            {
                map = $"{chunk.Name}/init.mp4";
                firstOfInit[chunk.InitHash] = map;
            }

            var startsAnew = chunk.StartsDiscontinuity && segments.Count > 0;
            segments.AddRange(chunk.Segments.Select((segment, number) =>
                new MediaSegment($"{chunk.Name}/{chunk.FirstSegment + number}.m4s", segment.Duration, IsDiscontinuity: startsAnew && number == 0, map)));
        }

        return new MediaPlaylist
        {
            Segments = segments,
            IsComplete = rendition.IsComplete,
            MinTargetDuration = rendition.IsComplete ? TimeSpan.Zero : GrowingTarget,
            HasIndependentSegments = HasIndependentSegments(rendition),
        }.Write();
    }

    private static bool HasIndependentSegments(PlayableRendition rendition) =>
        rendition.Chunks.All(chunk => chunk.Segments.All(segment => segment.IsIndependent));

    private static AudioRendition Audio(PlayableRendition sound, int number) => new()
    {
        Group = AudioGroup,
        Name = sound.Title ?? sound.Language ?? string.Create(CultureInfo.InvariantCulture, $"Track {number}"),
        Language = sound.Language,
        IsDefault = sound.IsDefault,
        Location = $"{sound.Key}/index.m3u8",
        Channels = sound.Channels,
    };

    private static int Peak(PlayableRendition rendition) => rendition.Chunks
        .SelectMany(chunk => chunk.Segments)
        .Select(segment => BitsPerSecond(segment.Size, segment.Duration))
        .DefaultIfEmpty(FallbackBandwidth)
        .Max();

    private static int Average(PlayableRendition rendition)
    {
        var segments = rendition.Chunks.SelectMany(chunk => chunk.Segments).ToList();
        return BitsPerSecond(segments.Sum(segment => segment.Size), segments.Aggregate(TimeSpan.Zero, (sum, segment) => sum + segment.Duration));
    }

    private static int BitsPerSecond(long bytes, TimeSpan duration) =>
        duration <= TimeSpan.Zero ? FallbackBandwidth : (int)Math.Clamp(bytes * 8 / duration.TotalSeconds, 1, int.MaxValue);
}
