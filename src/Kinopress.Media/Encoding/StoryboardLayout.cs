using Kinopress.Media.Probing;

namespace Kinopress.Media.Encoding;

/// <summary>The pictures a player shows over its timeline: one sheet of equal tiles, row by row.</summary>
public sealed record StoryboardLayout
{
    private const int MaxTiles = 100;
    private const int MaxColumns = 10;
    private const int MaxSide = 160;

    /// <summary>Film time from one tile to the next; tile n shows what is seen near n intervals.</summary>
    public required TimeSpan Interval { get; init; }

    public required int Columns { get; init; }

    /// <summary>Per sheet.</summary>
    public required int Rows { get; init; }

    /// <summary>In pixels.</summary>
    public required int TileWidth { get; init; }

    /// <summary>In pixels.</summary>
    public required int TileHeight { get; init; }

    /// <summary>Tiles in use; the last row may have empty places.</summary>
    public required int TileCount { get; init; }

    /// <returns>Null for films without a picture.</returns>
    public static StoryboardLayout? Create(ProbedMedia media)
    {
        if (media.Video is not { } video)
        {
            return null;
        }

        var interval = TimeSpan.FromMilliseconds(Math.Max(2000, Math.Ceiling(media.Duration.TotalMilliseconds / MaxTiles)));
        var count = Math.Clamp((int)Math.Ceiling(media.Duration / interval), 1, MaxTiles);
        var columns = Math.Min(count, MaxColumns);
        var scale = Math.Min(1, (double)MaxSide / Math.Max(video.DisplayWidth, video.DisplayHeight));
        return new StoryboardLayout
        {
            Interval = interval,
            Columns = columns,
            Rows = (count + columns - 1) / columns,
            TileWidth = Even(video.DisplayWidth * scale),
            TileHeight = Even(video.DisplayHeight * scale),
            TileCount = count,
        };
    }

    private static int Even(double side) => Math.Max(2, (int)Math.Round(side / 2) * 2);
}
