using System.Globalization;
using System.Text.RegularExpressions;

namespace Kinopress.Testing.Live;

/// <summary>A media playlist taken apart, by a reader that shares no code with the writer.</summary>
public sealed partial class LivePlaylistReading
{
    private static readonly string[] Once =
    [
        "#EXT-X-VERSION", "#EXT-X-TARGETDURATION", "#EXT-X-SERVER-CONTROL", "#EXT-X-PART-INF", "#EXT-X-MEDIA-SEQUENCE",
        "#EXT-X-DISCONTINUITY-SEQUENCE", "#EXT-X-SKIP", "#EXT-X-ENDLIST",
    ];

    private readonly List<string> errors = [];
    private ListedSegment current = new(0);
    private string? map;
    private bool hasSegments;

    public LivePlaylistReading(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0] != "#EXTM3U")
        {
            errors.Add("first line: not #EXTM3U");
        }

        foreach (var line in lines.Skip(1))
        {
            Read(line);
        }

        if (current.Parts.Count > 0)
        {
            Open = current;
        }
    }

    /// <summary>What is wrong with the text by itself.</summary>
    public IReadOnlyList<string> Errors => errors;

    public Dictionary<string, string> Header { get; } = new(StringComparer.Ordinal);

    public List<ListedSegment> Segments { get; } = [];

    /// <summary>The segment that has parts and no end yet.</summary>
    public ListedSegment? Open { get; private set; }

    public string? Hint { get; private set; }

    public int Skipped { get; private set; }

    public bool IsEnded => Header.ContainsKey("#EXT-X-ENDLIST");

    public long MediaSequence => Number("#EXT-X-MEDIA-SEQUENCE");

    public long DiscontinuitySequence => Number("#EXT-X-DISCONTINUITY-SEQUENCE");

    public double TargetDuration => Number("#EXT-X-TARGETDURATION");

    public double PartTarget => Seconds("#EXT-X-PART-INF", "PART-TARGET");

    /// <returns>Zero when there is none.</returns>
    public double Seconds(string tag, string attribute) =>
        Attribute(Header.GetValueOrDefault(tag, ""), attribute) is { } text
        && double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    private long Number(string tag) =>
        long.TryParse(Header.GetValueOrDefault(tag, ""), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string? Attribute(string list, string name) =>
        Attributes().Matches(list).FirstOrDefault(match => match.Groups["name"].Value == name)?.Groups["value"].Value.Trim('"');

    private void Read(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var (tag, value) = colon > 0 && line[0] == '#' ? (line[..colon], line[(colon + 1)..]) : (line, "");
        if (Once.Contains(tag) && !Header.TryAdd(tag, value))
        {
            errors.Add($"tag: {tag} comes twice");
        }

        if (tag is "#EXT-X-MEDIA-SEQUENCE" or "#EXT-X-DISCONTINUITY-SEQUENCE" && hasSegments)
        {
            errors.Add($"order: {tag} comes after a segment");
        }

        switch (tag)
        {
            case "#EXT-X-SKIP":
                Skipped = int.TryParse(Attribute(value, "SKIPPED-SEGMENTS"), CultureInfo.InvariantCulture, out var count) ? count : 0;
                break;
            case "#EXT-X-DISCONTINUITY":
                BeforeParts(tag);
                current = current with { IsDiscontinuity = true };
                break;
            case "#EXT-X-MAP":
                BeforeParts(tag);
                map = Attribute(value, "URI");
                break;
            case "#EXT-X-PROGRAM-DATE-TIME":
                BeforeParts(tag);
                current = current with { DateTime = value };
                break;
            case "#EXT-X-GAP":
                current = current with { IsGap = true };
                break;
            case "#EXT-X-PART":
                AddPart(value);
                break;
            case "#EXTINF":
                current = current with { Duration = double.Parse(value.Split(',')[0], CultureInfo.InvariantCulture) };
                break;
            case "#EXT-X-PRELOAD-HINT":
                Hint = Attribute(value, "URI");
                break;
            default:
                AddSegment(line);
                break;
        }
    }

    private void BeforeParts(string tag)
    {
        if (current.Parts.Count > 0)
        {
            errors.Add($"order: {tag} comes after a part of its segment");
        }
    }

    private void AddPart(string value)
    {
        hasSegments = true;
        RequireMap();
        var duration = double.Parse(Attribute(value, "DURATION") ?? "0", CultureInfo.InvariantCulture);
        current.Parts.Add(new ListedPart(Attribute(value, "URI") ?? "", duration, Attribute(value, "INDEPENDENT") == "YES"));
    }

    private void AddSegment(string line)
    {
        if (line[0] == '#')
        {
            return;
        }

        hasSegments = true;
        RequireMap();
        if (current.Duration <= 0)
        {
            errors.Add($"order: {line} has no EXTINF before it");
        }

        Segments.Add(current with { Sequence = MediaSequence + Skipped + Segments.Count, Location = line, Map = map });
        current = new ListedSegment(0);
    }

    private void RequireMap()
    {
        if (map is null && Skipped == 0 && !errors.Contains("map: a segment or part has no EXT-X-MAP before it"))
        {
            errors.Add("map: a segment or part has no EXT-X-MAP before it");
        }
    }

    [GeneratedRegex("""(?<name>[A-Z0-9-]+)=(?<value>"[^"]*"|[^,]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Attributes();
}

/// <summary>A segment as a playlist lists it; <see cref="Map"/> is null where a delta does not tell.</summary>
public sealed record ListedSegment(long Sequence)
{
    public string Location { get; init; } = "";

    public double Duration { get; init; }

    public bool IsDiscontinuity { get; init; }

    public bool IsGap { get; init; }

    public string? DateTime { get; init; }

    public string? Map { get; init; }

    public List<ListedPart> Parts { get; init; } = [];
}

/// <summary>A part as a playlist lists it.</summary>
public sealed record ListedPart(string Location, double Duration, bool IsIndependent);
