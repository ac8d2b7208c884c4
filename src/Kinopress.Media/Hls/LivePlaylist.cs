using System.Buffers;
using System.IO.Compression;

namespace Kinopress.Media.Hls;

/// <summary>
/// A live media playlist as it was at one moment (RFC 8216bis §4.4.3 to §4.4.5): one for each part, shared by all viewers.
/// Immutable; its bytes stay valid for as long as it is referenced.
/// </summary>
public sealed class LivePlaylist
{
    private readonly Lazy<byte[]> fullInGzip;

    public LivePlaylist() => fullInGzip = new Lazy<byte[]>(Compress);

    /// <summary>UTF-8.</summary>
    public required ReadOnlySequence<byte> Full { get; init; }

    /// <summary>The full one by RFC 1952: made when it is first asked for, and once.</summary>
    public ReadOnlyMemory<byte> FullInGzip => fullInGzip.Value;

    /// <summary>With <c>EXT-X-SKIP</c> in place of old segments (RFC 8216bis §4.4.5.2); the full one while none is old enough.</summary>
    public required ReadOnlySequence<byte> Delta { get; init; }

    /// <summary>Media sequence number of the first segment listed.</summary>
    public required long FirstMediaSequence { get; init; }

    /// <summary>Of the last complete segment; one less than the first while there is none.</summary>
    public required long LastMediaSequence { get; init; }

    /// <summary>Of the last complete segment.</summary>
    public required int LastSegmentParts { get; init; }

    /// <summary>Parts of the segment after the last complete one.</summary>
    public required int OpenParts { get; init; }

    public required bool IsEnded { get; init; }

    /// <summary>How many parts ahead of the last a request may ask for (RFC 8216bis §6.2.5.2).</summary>
    public required int AdvancePartLimit { get; init; }

    /// <summary>The bytes to answer with.</summary>
    public ReadOnlySequence<byte> For(LiveReload reload) => reload.MaySkip ? Delta : Full;

    /// <summary>Whether to answer a request with this playlist, keep it waiting or refuse it (RFC 8216bis §6.2.5.2).</summary>
    public LiveReloadVerdict Answer(LiveReload reload)
    {
        if (IsEnded || reload.MediaSequence is not { } sequence)
        {
            return LiveReloadVerdict.Serve;
        }

        if (sequence > LastMediaSequence + 2)
        {
            return LiveReloadVerdict.Refuse;
        }

        if (reload.Part is not { } part)
        {
            return sequence <= LastMediaSequence ? LiveReloadVerdict.Serve : LiveReloadVerdict.Wait;
        }

        // A part past the end of a segment is the next segment's first.
        if (sequence <= LastMediaSequence)
        {
            return sequence < LastMediaSequence || part < LastSegmentParts || OpenParts > 0 ? LiveReloadVerdict.Serve : LiveReloadVerdict.Wait;
        }

        var ahead = sequence == LastMediaSequence + 1 ? part - OpenParts : part;
        return ahead < 0 ? LiveReloadVerdict.Serve : ahead < AdvancePartLimit ? LiveReloadVerdict.Wait : LiveReloadVerdict.Refuse;
    }

    // The lines are much alike: more effort would save little, and others wait for it.
    private byte[] Compress()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var piece in Full)
            {
                gzip.Write(piece.Span);
            }
        }

        return compressed.ToArray();
    }
}
