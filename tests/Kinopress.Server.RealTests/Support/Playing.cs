namespace Kinopress.Server.RealTests.Support;

/// <summary>Plays what a site serves with ffmpeg, as an exacting player would.</summary>
internal static class Playing
{
    /// <summary>Every rendition of the multivariant playlist decodes without a word of complaint.</summary>
    /// <returns>The media playlists of its pictures.</returns>
    public static async Task<IReadOnlyList<string>> DecodeAllAsync(FilmSite site, string publicId)
    {
        var master = MasterOf(publicId);
        var (exitCode, _, error) = await Tools.RunAsync(
            "ffmpeg", "-hide_banner", "-v", "error", "-nostdin", "-i", site.At(master).ToString(), "-map", "0", "-enc_time_base:v", "-1", "-f", "null", "-"); // times as they are: what a page sends fits no grid of frames

        Assert.Equal("", error.Trim());
        Assert.Equal(0, exitCode);
        var pictures = (await site.TextAsync(master)).Split('\n').Where(line => line.EndsWith(".m3u8", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(pictures);
        return pictures.ConvertAll(line => $"/media/v/public/{publicId}/{line}");
    }

    public static async Task<int> CountFramesAsync(FilmSite site, string playlist)
    {
        var (_, output, error) = await Tools.RunAsync(
            "ffprobe", "-v", "error", "-count_packets", "-select_streams", "v:0", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0", site.At(playlist).ToString());

        Assert.Equal("", error.Trim());
        return int.Parse(output.Trim().Split('\n')[^1].TrimEnd(','), System.Globalization.CultureInfo.InvariantCulture);
    }

    public static string MasterOf(string publicId) => $"/media/v/public/{publicId}/master.m3u8";
}
