using System.IO.Pipelines;

namespace Kinopress.Core.Storage;

/// <summary>Sends a piece of a file to somebody who waits for it.</summary>
internal static class FileCopy
{
    // Large enough that the system call disappears beside the copy, small enough for a thousand viewers at once.
    private const int CopySize = 64 * 1024;

    /// <exception cref="EndOfStreamException">The file is shorter than that.</exception>
    public static async Task SendAsync(string path, long offset, long length, PipeWriter target, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        var end = offset + length;
        while (offset < end)
        {
            var buffer = target.GetMemory(CopySize);
            var read = RandomAccess.Read(file, buffer.Span[..(int)Math.Min(buffer.Length, end - offset)], offset);
            if (read == 0)
            {
                throw new EndOfStreamException("The blob is shorter than its row says.");
            }

            offset += read;
            target.Advance(read);
            var flushed = await target.FlushAsync(cancellationToken);
            if (flushed.IsCompleted || flushed.IsCanceled)
            {
                return; // whoever waited has gone
            }
        }
    }
}
