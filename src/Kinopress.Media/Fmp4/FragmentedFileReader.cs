using System.Buffers;
using System.Buffers.Binary;

namespace Kinopress.Media.Fmp4;

/// <summary>Walks the top-level boxes of one file.</summary>
internal sealed class FragmentedFileReader(Stream stream)
{
    private const int MaxMetadataSize = 16 * 1024 * 1024;
    private const int MaxFragments = 1_000_000;

    private readonly List<Fragment> fragments = [];
    private readonly byte[] header = new byte[16];
    private TrackHeader? track;
    private long position;
    private long? fragmentStart;
    private long initSize;
    private FragmentHeader? pending;

    public async Task<FragmentedFile> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await ReadBoxAsync(cancellationToken))
            {
            }
        }
        catch (OverflowException exception)
        {
            throw new InvalidFragmentedFileException("A number is out of range", exception);
        }

        if (track is null || pending is not null)
        {
            throw new InvalidFragmentedFileException(track is null ? "There is no moov box" : "The last moof has no mdat");
        }

        return new FragmentedFile
        {
            InitSize = initSize,
            Timescale = track.Timescale,
            Codecs = track.Codecs,
            Width = track.Width,
            Height = track.Height,
            Fragments = fragments,
        };
    }

    private async Task<bool> ReadBoxAsync(CancellationToken cancellationToken)
    {
        var start = position;
        if (!await TryReadHeaderAsync(8, cancellationToken))
        {
            return false;
        }

        var type = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
        long size = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (size == 1)
        {
            await FillAsync(header.AsMemory(8, 8), cancellationToken);
            size = checked((long)BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(8)));
        }

        var payload = size - (position - start);
        if (payload < 0)
        {
            throw new InvalidFragmentedFileException("A box is smaller than its header");
        }

        await ReadPayloadAsync(type, start, payload, cancellationToken);
        return true;
    }

    private async Task ReadPayloadAsync(uint type, long start, long payload, CancellationToken cancellationToken)
    {
        switch (type)
        {
            case BoxType.Moov when track is null:
                track = TrackHeader.Parse(await TakeAsync(payload, cancellationToken));
                initSize = position;
                return;
            case BoxType.Moof when track is not null && pending is null && fragments.Count < MaxFragments:
                pending = FragmentHeader.Parse(await TakeAsync(payload, cancellationToken), track);
                fragmentStart ??= start;
                return;
            case BoxType.Moov or BoxType.Moof:
                throw new InvalidFragmentedFileException("A moov or moof box is out of place");
            case BoxType.Mdat when pending is { } fragment:
                await SkipAsync(payload, cancellationToken);
                var from = fragmentStart ?? start;
                fragments.Add(new Fragment(
                    from, position - from, fragment.DecodeTime, fragment.Duration, fragment.StartsWithKeyframe));
                (pending, fragmentStart) = (null, null);
                return;
            case BoxType.Styp or BoxType.Sidx or BoxType.Prft or BoxType.Emsg when track is not null:
                fragmentStart ??= start;
                break;
        }

        await SkipAsync(payload, cancellationToken);
    }

    private async Task<byte[]> TakeAsync(long size, CancellationToken cancellationToken)
    {
        if (size > MaxMetadataSize)
        {
            throw new InvalidFragmentedFileException("A metadata box is too large");
        }

        // Grown as bytes come, so that a short file with a large claim costs little.
        var bytes = new byte[Math.Min(size, 64 * 1024)];
        var filled = 0;
        while (filled < size)
        {
            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(size, bytes.Length * 2L));
            }

            await FillAsync(bytes.AsMemory(filled), cancellationToken);
            filled = bytes.Length;
        }

        return bytes;
    }

    private async Task SkipAsync(long size, CancellationToken cancellationToken)
    {
        if (stream.CanSeek)
        {
            if (size > stream.Length - stream.Position)
            {
                throw new InvalidFragmentedFileException("The file is cut off");
            }

            stream.Seek(size, SeekOrigin.Current);
            position += size;
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (var left = size; left > 0;)
            {
                var part = (int)Math.Min(left, buffer.Length);
                await FillAsync(buffer.AsMemory(0, part), cancellationToken);
                left -= part;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<bool> TryReadHeaderAsync(int size, CancellationToken cancellationToken)
    {
        var read = await stream.ReadAtLeastAsync(header.AsMemory(0, size), size, throwOnEndOfStream: false, cancellationToken);
        position += read;
        return read == 0
            ? false
            : read == size ? true : throw new InvalidFragmentedFileException("The file is cut off");
    }

    private async Task FillAsync(Memory<byte> memory, CancellationToken cancellationToken)
    {
        var read = await stream.ReadAtLeastAsync(memory, memory.Length, throwOnEndOfStream: false, cancellationToken);
        position += read;
        if (read < memory.Length)
        {
            throw new InvalidFragmentedFileException("The file is cut off");
        }
    }
}
