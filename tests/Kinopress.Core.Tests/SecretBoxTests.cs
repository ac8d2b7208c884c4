using System.Security.Cryptography;
using System.Text;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Tests;

public sealed class SecretBoxTests
{
    private static readonly SecretBoxKey Old = Key(1);
    private static readonly SecretBoxKey Young = Key(2);

    [Fact]
    public void A_secret_opens_where_it_belongs()
    {
        var box = new SecretBox([Young]);

        var closed = box.Seal("live_abc", "destination 1");

        Assert.Equal("live_abc", box.Open(closed, "destination 1"));
        Assert.Null(box.Open(closed, "destination 2"));
        Assert.DoesNotContain("live_abc", Encoding.Latin1.GetString(closed), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_secret_never_looks_the_same()
    {
        var box = new SecretBox([Young]);

        Assert.NotEqual(box.Seal("live_abc", "a"), box.Seal("live_abc", "a"));
    }

    [Fact]
    public void What_an_older_key_sealed_still_opens_and_the_younger_seals()
    {
        var sealedBefore = new SecretBox([Old]).Seal("before", "a");
        var both = new SecretBox([Young, Old]);

        Assert.Equal("before", both.Open(sealedBefore, "a"));
        Assert.Equal("after", new SecretBox([Young]).Open(both.Seal("after", "a"), "a"));
        Assert.Null(new SecretBox([Young]).Open(sealedBefore, "a"));
    }

    [Fact]
    public void Any_changed_byte_opens_nothing()
    {
        var box = new SecretBox([Young]);
        var closed = box.Seal("live_abc", "a");

        for (var at = 0; at < closed.Length; at++)
        {
            var changed = closed.ToArray();
            changed[at] ^= 1;
            Assert.Null(box.Open(changed, "a"));
        }

        Assert.Null(box.Open(closed.AsSpan(0, 20), "a"));
        Assert.Null(box.Open([], "a"));
    }

    private static SecretBoxKey Key(byte name) => new([name, 0, 0, 0, 0, 0, 0, 0], RandomNumberGenerator.GetBytes(SecretBox.KeySize));
}
