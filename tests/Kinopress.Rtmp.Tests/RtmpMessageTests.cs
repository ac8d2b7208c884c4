namespace Kinopress.Rtmp.Tests;

public sealed class RtmpMessageTests
{
    [Fact]
    public void Each_holder_may_read_until_it_lets_go()
    {
        var message = RtmpMessage.Copy(RtmpMessageKind.Video, 7, [1, 2, 3]);
        var other = message.Retain();

        message.Dispose();

        Assert.Equal([1, 2, 3], other.Body.ToArray());
    }

    [Fact]
    public void Nobody_reads_what_all_have_let_go()
    {
        var message = RtmpMessage.Copy(RtmpMessageKind.Video, 7, [1, 2, 3]);
        message.Retain().Dispose();
        message.Dispose();

        Assert.Throws<ObjectDisposedException>(() => message.Body);
        Assert.Throws<ObjectDisposedException>(message.Retain);
    }
}
