using System.Buffers;
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

        Assert.Equal(memory.MaxBufferSize, again.Memory.Length);
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
    public void Nobody_gets_more_than_a_block()
    {
        using var memory = new ConnectionMemory();

        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Rent(memory.MaxBufferSize + 1));
    }

    [Fact]
    public void Transports_share_it_and_none_of_them_ends_it()
    {
        using var memory = new ConnectionMemory();
        memory.Create().Dispose();

        using var block = memory.Create().Rent();

        Assert.Same(memory, memory.Create());
        Assert.Equal(memory.MaxBufferSize, block.Memory.Length);
    }
}
