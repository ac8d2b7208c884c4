using System.Buffers.Binary;

namespace Kinopress.Media.Probing;

/// <summary>
/// Whether an MP4 or QuickTime file ends before its boxes do (ISO/IEC 14496-12 §4.2). A player of a file whose index comes
/// first would not notice until it reaches the gap; an upload should.
/// </summary>
public static class BoxedFileEnd
{
    private const int HeaderSize = 8;
    private const int LargeHeaderSize = 16;

    // A fragmented file has two boxes for each fragment; nobody makes more than this.
    private const int MaxBoxes = 1_000_000;

    /// <param name="file">Seekable.</param>
    /// <returns>False for files of another kind, and for junk behind the last box.</returns>
    public static async Task<bool> IsMissingAsync(Stream file, CancellationToken cancellationToken)
    {
        var header = new byte[LargeHeaderSize];
        long position = 0;
        for (var count = 0; count < MaxBoxes && position + HeaderSize <= file.Length; count++)
        {
            file.Position = position;
            var read = await file.ReadAtLeastAsync(header, LargeHeaderSize, throwOnEndOfStream: false, cancellationToken);
            if (count == 0 && !header.AsSpan(4, 4).SequenceEqual("ftyp"u8))
            {
                return false;
            }

            var size = SizeOf(header.AsSpan(0, read));
            if (size is null or 0)
            {
                return false; // junk, or a box that runs to the end whatever it is
            }

            if (size > file.Length - position)
            {
                return IsKnown(header.AsSpan(4, 4));
            }

            position += size.Value;
        }

        return false;
    }

    /// <summary>0 means to the end of the file; null that this is no box.</summary>
    private static long? SizeOf(ReadOnlySpan<byte> header)
    {
        var size = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (size == 0)
        {
            return 0;
        }

        if (size > 1)
        {
            return size < HeaderSize ? null : size;
        }

        var large = header.Length < LargeHeaderSize ? 0 : BinaryPrimitives.ReadInt64BigEndian(header[HeaderSize..]);
        return large < LargeHeaderSize ? null : large;
    }

    // Only boxes that hold the film: unknown types behind the last one are some program's junk.
    private static bool IsKnown(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("mdat"u8) || type.SequenceEqual("moov"u8) || type.SequenceEqual("moof"u8);
}
