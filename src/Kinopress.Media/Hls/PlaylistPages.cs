namespace Kinopress.Media.Hls;

/// <summary>
/// Lines of settled segments, one after another. What is written never changes and pages are never used again, so that
/// playlists made at different times share them without copying.
/// </summary>
internal sealed class PlaylistPages
{
    private const int PageSize = 32 * 1024;

    private readonly List<byte[]> pages = [];
    private long firstPage;

    /// <summary>Where the next line goes: a position that stays valid until <see cref="TrimTo"/> passes it.</summary>
    public long End { get; private set; }

    public void Append(ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            if ((End / PageSize) - firstPage == pages.Count)
            {
                pages.Add(GC.AllocateUninitializedArray<byte>(PageSize));
            }

            var at = (int)(End % PageSize);
            var fits = Math.Min(lines.Length, PageSize - at);
            lines[..fits].CopyTo(pages[^1].AsSpan(at));
            lines = lines[fits..];
            End += fits;
        }
    }

    /// <summary>Forgets what lies before a position.</summary>
    public void TrimTo(long position)
    {
        var count = (int)((position / PageSize) - firstPage);
        pages.RemoveRange(0, count);
        firstPage += count;
    }

    public void AddTo(PlaylistPieces pieces, long from, long until)
    {
        while (from < until)
        {
            var at = (int)(from % PageSize);
            var length = (int)Math.Min(until - from, PageSize - at);
            pieces.Add(pages[(int)((from / PageSize) - firstPage)].AsMemory(at, length));
            from += length;
        }
    }
}
