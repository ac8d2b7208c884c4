using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Kinopress.Server.Host;

namespace Kinopress.Server.Tests.Site;

public sealed class ConnectionMemoryTests
{
    [Fact]
    public void What_was_given_back_is_used_again_and_once()
    {
        using var memory = new ConnectionMemory();
        var first = memory.Rent(4096);
        var bytes = first.Memory;
        first.Dispose();
        first.Dispose();

        using var again = memory.Rent();
        using var other = memory.Rent();

        Assert.Equal(4096, again.Memory.Length);
        Assert.True(bytes.Equals(again.Memory));
        Assert.False(bytes.Equals(other.Memory));
    }

    [Fact]
    public void What_was_trimmed_is_not()
    {
        using var memory = new ConnectionMemory();
        var first = memory.Rent();
        var bytes = first.Memory;
        first.Dispose();
        memory.Trim();

        using var other = memory.Rent();

        Assert.False(bytes.Equals(other.Memory));
    }

    [Fact]
    public void Who_asks_for_more_than_a_block_gets_it()
    {
        using var memory = new ConnectionMemory();

        using var large = memory.Rent(300_000);

        Assert.True(large.Memory.Length >= 300_000);
    }

    [Fact]
    public async Task What_is_appended_is_sent_as_it_lies_and_given_back_afterwards()
    {
        using var memory = new ConnectionMemory();
        var pipe = new Pipe(new PipeOptions(memory, pauseWriterThreshold: 0, useSynchronizationContext: false));
        var content = new Content(70_000);
        pipe.Writer.Write("head"u8);

        memory.Append(pipe.Writer, content);
        pipe.Writer.Write("tail"u8);
        await pipe.Writer.FlushAsync(TestContext.Current.CancellationToken);

        var sent = (await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken)).Buffer;
        Assert.Equal([.. "head"u8, .. content.Bytes, .. "tail"u8], sent.ToArray());
        Assert.Contains(Pieces(sent), piece => ReferenceEquals(piece.Array, content.Bytes));
        Assert.Equal(0, content.Disposals);
        pipe.Reader.AdvanceTo(sent.End);
        await pipe.Writer.CompleteAsync();
        await pipe.Reader.CompleteAsync();
        Assert.Equal(1, content.Disposals);
        Assert.All(content.Bytes, value => Assert.Equal(7, value));
    }

    [Fact]
    public async Task What_is_appended_is_given_back_when_the_connection_ends_before()
    {
        using var memory = new ConnectionMemory();
        var pipe = new Pipe(new PipeOptions(memory, pauseWriterThreshold: 0, useSynchronizationContext: false));
        var content = new Content(70_000);

        memory.Append(pipe.Writer, content);
        await pipe.Writer.CompleteAsync(new IOException("gone"));
        await pipe.Reader.CompleteAsync();

        Assert.Equal(1, content.Disposals);
    }

    [Theory]
    [InlineData(100)] // less than a block
    [InlineData(70_000)]
    public async Task A_writer_with_memory_of_its_own_gets_a_copy(int size)
    {
        using var memory = new ConnectionMemory();
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var content = new Content(size);

        memory.Append(pipe.Writer, content);
        await pipe.Writer.FlushAsync(TestContext.Current.CancellationToken);

        var sent = (await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken)).Buffer;
        Assert.Equal(content.Bytes, sent.ToArray());
        Assert.DoesNotContain(Pieces(sent), piece => ReferenceEquals(piece.Array, content.Bytes));
        Assert.Equal(1, content.Disposals);
    }

    [Fact]
    public async Task A_stream_is_written_from_it_too()
    {
        using var memory = new ConnectionMemory();
        using var stream = new MemoryStream();
        var writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(memory, leaveOpen: true)); // as under TLS
        var content = new Content(70_000);

        memory.Append(writer, content);
        await writer.FlushAsync(TestContext.Current.CancellationToken);
        await writer.CompleteAsync();

        Assert.Equal(content.Bytes, stream.ToArray());
        Assert.Equal(1, content.Disposals);
    }

    [Fact]
    public void Transports_share_it_and_none_of_them_ends_it()
    {
        using var memory = new ConnectionMemory();
        memory.Create().Dispose();

        using var block = memory.Create().Rent();

        Assert.Same(memory, memory.Create());
        Assert.Equal(4096, block.Memory.Length);
    }

    [Fact]
    public void What_a_lost_connection_took_is_taken_back_before_it_writes_into_it()
    {
        using var memory = new ConnectionMemory();
        var writer = new LostWriter(memory);
        var content = new Content(70_000);

        Assert.Throws<OperationCanceledException>(() => memory.Append(writer, content));
        writer.GetMemory(100).Span.Fill(1);

        Assert.All(content.Bytes, value => Assert.Equal(7, value));
        Assert.Equal(1, content.Disposals);
    }

    private static IEnumerable<ArraySegment<byte>> Pieces(ReadOnlySequence<byte> sent)
    {
        foreach (var piece in sent)
        {
            yield return MemoryMarshal.TryGetArray(piece, out var array) ? array : default;
        }
    }

    private sealed class Content : IMemoryOwner<byte>
    {
        public Content(int size)
        {
            Bytes = new byte[size];
            Bytes.AsSpan().Fill(7);
        }

        public byte[] Bytes { get; }

        public int Disposals { get; private set; }

        public Memory<byte> Memory => Bytes;

        public void Dispose() => Disposals++;
    }

    /// <summary>As a server's is once its connection was reset: it keeps what it rents as scratch memory, and sends nothing.</summary>
    private sealed class LostWriter(MemoryPool<byte> pool) : PipeWriter
    {
        private IMemoryOwner<byte>? _scratch;

        public override bool CanGetUnflushedBytes => true;

        public override long UnflushedBytes => 0;

        public override Memory<byte> GetMemory(int sizeHint = 0) => (_scratch ??= pool.Rent(sizeHint)).Memory;

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            // Nobody reads it.
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => new(new FlushResult(isCanceled: false, isCompleted: true));

        public override void CancelPendingFlush()
        {
            // Nothing is pending.
        }

        public override void Complete(Exception? exception = null) => _scratch?.Dispose();
    }
}
