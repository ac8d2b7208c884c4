using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.InteropServices;

namespace Kinopress.Media.Flv;

/// <summary>What came next in an FLV file.</summary>
public enum FlvFileState
{
    Tag,

    /// <summary>The file ended, whole.</summary>
    End,

    /// <summary>It is no FLV, is cut off, or claims a tag above the limit. Nothing more can be read.</summary>
    Malformed,
}

/// <summary>A tag of an FLV file.</summary>
/// <param name="Timestamp">In milliseconds.</param>
/// <param name="Body">Valid until the next read.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FlvFileTag(FlvFileState State, FlvTagType Type, long Timestamp, ReadOnlyMemory<byte> Body);

/// <summary>
/// Reads tags as an encoder writes them (Adobe FLV 10.1 annex E.2 to E.4.1). Memory is bounded whatever the file claims. Not
/// thread-safe; the pipe stays the caller's.
/// </summary>
/// <param name="maxBodySize">In bytes; a larger tag makes the file malformed.</param>
public sealed class FlvFileReader(PipeReader reader, int maxBodySize = 8 * 1024 * 1024) : IDisposable
{
    private const int FileHeader = 9;
    private const int TagHeader = 11;
    private const int TagSizeAfter = 4;
    private const int MaxFileHeader = 1024;

    private SequencePosition? consumed;
    private byte[]? copy;
    private bool isHeaderRead;
    private bool isBroken;

    /// <summary>Waits for the next tag of sound, picture or script. Releases the body handed out before.</summary>
    public async ValueTask<FlvFileTag> ReadAsync(CancellationToken cancellationToken)
    {
        Release();
        while (!isBroken)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (TryRead(buffer, out var tag, out var end))
            {
                if (tag.Body.Length > 0)
                {
                    consumed = end;
                    return tag;
                }

                reader.AdvanceTo(end);
                continue;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return Nothing(buffer.IsEmpty && isHeaderRead ? FlvFileState.End : FlvFileState.Malformed);
            }
        }

        return Nothing(FlvFileState.Malformed);
    }

    public void Dispose() => Release();

    private static FlvFileTag Nothing(FlvFileState state) => new(state, default, 0, default);

    private void Release()
    {
        if (consumed is { } position)
        {
            reader.AdvanceTo(position);
            consumed = null;
        }

        if (copy is not null)
        {
            ArrayPool<byte>.Shared.Return(copy);
            copy = null;
        }
    }

    /// <returns>True when something was read up to <paramref name="end"/>, even if it is nothing to hand out.</returns>
    private bool TryRead(ReadOnlySequence<byte> buffer, out FlvFileTag tag, out SequencePosition end)
    {
        (tag, end) = (default, buffer.Start);
        return isHeaderRead ? TryReadTag(buffer, ref tag, ref end) : TryReadFileHeader(buffer, ref end);
    }

    private bool TryReadFileHeader(ReadOnlySequence<byte> buffer, ref SequencePosition end)
    {
        Span<byte> header = stackalloc byte[FileHeader];
        if (buffer.Length < FileHeader)
        {
            return false;
        }

        buffer.Slice(0, FileHeader).CopyTo(header);
        var size = BinaryPrimitives.ReadUInt32BigEndian(header[5..]);
        isBroken = !header.StartsWith("FLV"u8) || size is < FileHeader or > MaxFileHeader;
        if (isBroken || buffer.Length < size + TagSizeAfter)
        {
            return false;
        }

        isHeaderRead = true;
        end = buffer.GetPosition(size + TagSizeAfter);
        return true;
    }

    private bool TryReadTag(ReadOnlySequence<byte> buffer, ref FlvFileTag tag, ref SequencePosition end)
    {
        Span<byte> header = stackalloc byte[TagHeader];
        if (buffer.Length < TagHeader)
        {
            return false;
        }

        buffer.Slice(0, TagHeader).CopyTo(header);
        var size = (header[1] << 16) | (header[2] << 8) | header[3];
        var time = (uint)((header[7] << 24) | (header[4] << 16) | (header[5] << 8) | header[6]);
        isBroken = size > maxBodySize || (header[0] & 0xE0) != 0;
        if (isBroken || buffer.Length < TagHeader + size + TagSizeAfter)
        {
            return false;
        }

        end = buffer.GetPosition(TagHeader + size + TagSizeAfter);
        if ((FlvTagType)header[0] is var type && type is FlvTagType.Audio or FlvTagType.Video or FlvTagType.Script)
        {
            tag = new FlvFileTag(FlvFileState.Tag, type, time, BodyOf(buffer.Slice(TagHeader, size)));
        }

        return true;
    }

    private ReadOnlyMemory<byte> BodyOf(ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            return body.First;
        }

        copy = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(copy);
        return copy.AsMemory(0, (int)body.Length);
    }
}
