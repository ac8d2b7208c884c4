using System.Globalization;
using System.Text;

namespace Kinopress.Media.Hls;

/// <summary>The playlist a player opens first (RFC 8216 §4.3.4).</summary>
public sealed record MultivariantPlaylist
{
    /// <summary>Players start with the first they can play.</summary>
    public required IReadOnlyList<VariantStream> Variants { get; init; }

    public required IReadOnlyList<AudioRendition> Audio { get; init; }

    /// <summary>Every segment of every playlist starts with a keyframe (RFC 8216 §4.3.5.1).</summary>
    public bool HasIndependentSegments { get; init; } = true;

    public string Write()
    {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n").Append(HasIndependentSegments ? "#EXT-X-INDEPENDENT-SEGMENTS\n" : "");
        foreach (var group in Audio.GroupBy(audio => audio.Group, StringComparer.Ordinal))
        {
            WriteGroup(text, [.. group]);
        }

        foreach (var variant in Variants)
        {
            text.Append("#EXT-X-STREAM-INF:").AppendJoin(',', Attributes(variant)).Append('\n')
                .Append(PlaylistText.Location(variant.Location)).Append('\n');
        }

        return text.ToString();
    }

    private static void WriteGroup(StringBuilder text, IReadOnlyList<AudioRendition> group)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var chosen = group.FirstOrDefault(audio => audio.IsDefault);
        foreach (var audio in group)
        {
            var name = PlaylistText.Quoted(audio.Name);
            for (var number = 2; !names.Add(name); number++)
            {
                name = PlaylistText.Quoted(string.Create(CultureInfo.InvariantCulture, $"{audio.Name} ({number})"));
            }

            text.Append("#EXT-X-MEDIA:")
                .AppendJoin(',', Attributes(audio, name, ReferenceEquals(audio, chosen))).Append('\n');
        }
    }

    private static IEnumerable<string> Attributes(AudioRendition audio, string quotedName, bool isDefault)
    {
        yield return "TYPE=AUDIO";
        yield return $"GROUP-ID={PlaylistText.Quoted(audio.Group)}";
        yield return $"NAME={quotedName}";
        if (PlaylistText.IsLanguage(audio.Language))
        {
            yield return $"LANGUAGE=\"{audio.Language}\"";
        }

        yield return isDefault ? "DEFAULT=YES" : "DEFAULT=NO";
        yield return "AUTOSELECT=YES";
        if (audio.Channels > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"CHANNELS=\"{audio.Channels}\"");
        }

        yield return $"URI=\"{PlaylistText.Location(audio.Location)}\"";
    }

    private static IEnumerable<string> Attributes(VariantStream variant)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"BANDWIDTH={variant.BandwidthInBitsPerSecond}");
        if (variant.AverageBandwidthInBitsPerSecond is { } average)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"AVERAGE-BANDWIDTH={average}");
        }

        yield return $"CODECS={PlaylistText.Quoted(variant.Codecs)}";
        if (variant is { Width: { } width, Height: { } height })
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"RESOLUTION={width}x{height}");
        }

        if (variant.FrameRate is { } rate and > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"FRAME-RATE={rate:0.000}");
        }

        if (variant.AudioGroup is { } group)
        {
            yield return $"AUDIO={PlaylistText.Quoted(group)}";
        }

        if (variant.Width is not null)
        {
            yield return "CLOSED-CAPTIONS=NONE";
        }
    }
}
