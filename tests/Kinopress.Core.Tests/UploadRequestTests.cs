using CsCheck;
using Kinopress.Core.Features.Uploads;
using Kinopress.Core.Features.Videos;

namespace Kinopress.Core.Tests;

public sealed class UploadRequestTests
{
    [Theory]
    [InlineData(null, "upload.length_missing")]
    [InlineData(-1L, "upload.length_missing")]
    [InlineData(0L, "upload.empty")]
    [InlineData(101L, "upload.too_large")]
    public void The_length_has_bounds(long? length, string code)
    {
        Assert.True(new UploadRequest(length, "a.mp4", Title: null, Visibility: null).Validate(100).Failed(out var failure));
        Assert.Equal(code, failure.Code);
    }

    [Theory]
    [InlineData(null, Visibility.Public, false)]
    [InlineData("", Visibility.Public, false)]
    [InlineData("private", Visibility.Private, true)]
    [InlineData("Unlisted", Visibility.Unlisted, true)]
    public void An_audience_asks_for_publishing(string? visibility, Visibility expected, bool publishes)
    {
        Assert.False(new UploadRequest(1, "a.mp4", Title: null, visibility).Validate(100).Failed(out _, out var valid));
        Assert.Equal((expected, publishes), (valid.Visibility, valid.PublishWhenReady));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("public,private")]
    [InlineData("members")]
    public void Other_words_are_no_audience(string visibility)
    {
        Assert.True(new UploadRequest(1, "a.mp4", Title: null, visibility).Validate(100).Failed(out var failure));
        Assert.Equal("upload.visibility_unknown", failure.Code);
    }

    [Fact]
    public void Any_name_makes_a_title_and_no_path() => Gen.Select(Gen.String, Gen.String).Sample((fileName, title) =>
    {
        Assert.False(new UploadRequest(1, fileName, title, Visibility: null).Validate(100).Failed(out _, out var valid));
        Assert.NotEmpty(valid.Title);
        Assert.DoesNotContain('/', valid.FileName);
        Assert.DoesNotContain('\\', valid.FileName);
    });
}
