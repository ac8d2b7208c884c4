using System.Buffers;
using Kinopress.Media.Fmp4;

namespace Kinopress.Media.Live;

/// <summary>Samples of one track that wait for their part, with their bytes one after another in a buffer that is kept.</summary>
internal sealed class SampleQueue
{
    private LiveSample[] samples = new LiveSample[64];
    private byte[] bytes = [];
    private int used;

    public int Count { get; private set; }

    public ReadOnlySpan<LiveSample> Samples => samples.AsSpan(0, Count);

    public ref LiveSample Last => ref samples[Count - 1];

    public void Add(in LiveSample sample, ReadOnlySpan<byte> payload)
    {
        if (Count == samples.Length)
        {
            Array.Resize(ref samples, Count * 2);
        }

        Reserve(payload.Length);
        payload.CopyTo(bytes.AsSpan(used));
        used += payload.Length;
        samples[Count++] = sample;
    }

    /// <summary>How many samples start before a moment and have a known duration.</summary>
    public int CountBefore(long moment)
    {
        var count = 0;
        while (count < Count && samples[count].Start < moment && samples[count].Duration > 0)
        {
            count++;
        }

        return count;
    }

    public int SizeOf(int count)
    {
        var size = 0;
        foreach (ref readonly var sample in samples.AsSpan(0, count))
        {
            size += sample.Size;
        }

        return size;
    }

    public void CopyTo(Span<byte> target, int size) => bytes.AsSpan(0, size).CopyTo(target);

    public void Remove(int count)
    {
        var size = SizeOf(count);
        bytes.AsSpan(size, used - size).CopyTo(bytes);
        samples.AsSpan(count, Count - count).CopyTo(samples);
        used -= size;
        Count -= count;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Clear()
    {
        (Count, used) = (0, 0);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = [];
        }
    }

    private void Reserve(int size)
    {
        if (bytes.Length - used >= size)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(checked(used + Math.Max(size, used)));
        bytes.AsSpan(0, used).CopyTo(larger);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        bytes = larger;
    }
}
