using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Core.Tests;

public sealed class VideoTests
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly Guid OwnerId = new("01890000-0000-7000-8000-000000000001");

    private static DateTimeOffset Now => Clock.GetUtcNow();

    [Fact]
    public void A_new_video_waits_as_a_draft()
    {
        var video = New();

        Assert.Equal((VideoState.Waiting, (DateTimeOffset?)null, 1), (video.State, video.PublishedAt, video.Revision));
        Assert.Single(video.Sources);
    }

    [Fact]
    public void It_is_published_only_once_it_plays()
    {
        var video = New();

        Assert.True(video.Publish(Now, Now).Failed(out var failure));
        Assert.Equal("video.not_playable", failure.Code);
        video.BecomePlayable(Now);
        Assert.False(video.Publish(Now, Now).Failed(out _));
    }

    [Fact]
    public void The_first_moment_stays_but_a_planned_one_moves()
    {
        var video = Playable();
        video.Publish(Now.AddDays(2), Now);
        video.Publish(Now.AddDays(1), Now);
        Assert.Equal(Now.AddDays(1), video.PublishedAt);

        video.Publish(Now, Now);
        video.Publish(Now.AddDays(5), Now);

        Assert.Equal(Now, video.PublishedAt);
    }

    [Fact]
    public void A_wish_to_publish_is_granted_when_it_becomes_playable()
    {
        var video = New();
        video.PublishOnceReady(Now);

        Assert.True(video.BecomePlayable(Now.AddHours(1)));
        Assert.False(video.BecomePlayable(Now.AddHours(2)));

        Assert.Equal((Now.AddHours(1), false), (video.PublishedAt, video.PublishWhenReady));
    }

    [Fact]
    public void Unpublishing_takes_the_wish_back()
    {
        var video = New();
        video.PublishOnceReady(Now);
        video.Unpublish(Now);
        video.BecomePlayable(Now);

        Assert.Null(video.PublishedAt);
    }

    [Fact]
    public void A_failure_stops_what_does_not_play_and_nothing_else()
    {
        var broken = New();
        var playing = Playable();
        broken.Fail("media.truncated", "The end is missing.");
        playing.Fail("media.encoder_failed", "It stopped.");

        Assert.Equal((VideoState.Failed, VideoState.Playable), (broken.State, playing.State));
        Assert.True(broken.PublishOnceReady(Now).Failed(out _));
        broken.RetryProcessing();
        Assert.Equal((VideoState.Processing, (string?)null), (broken.State, broken.ProblemCode));
    }

    [Fact]
    public void Every_change_by_a_person_is_a_revision()
    {
        var video = Playable();
        video.Publish(Now, Now);
        video.Unpublish(Now);
        video.MoveToTrash(Now);
        video.Restore(Now);
        video.Edit(new VideoDetails("T", null, [], null, null, null, Visibility.Public), Now);

        Assert.Equal(6, video.Revision);
    }

    [Theory]
    [InlineData(Visibility.Public, PlaybackDecision.Allowed, PlaybackDecision.Allowed)]
    [InlineData(Visibility.Unlisted, PlaybackDecision.Allowed, PlaybackDecision.Allowed)]
    [InlineData(Visibility.Private, PlaybackDecision.Hidden, PlaybackDecision.Hidden)]
    [InlineData(Visibility.Internal, PlaybackDecision.AfterSigningIn, PlaybackDecision.Allowed)]
    public void A_published_video_is_for_its_audience(Visibility visibility, PlaybackDecision stranger, PlaybackDecision viewer)
    {
        var audience = new VideoAudience(OwnerId, visibility, Now, DeletedAt: null);

        Assert.Equal(stranger, PlaybackAccess.Decide(audience, Caller.Stranger, Now));
        Assert.Equal(viewer, PlaybackAccess.Decide(audience, As(Role.Viewer), Now));
        Assert.Equal(viewer, PlaybackAccess.Decide(audience, As(Role.Creator), Now));
        Assert.Equal(PlaybackDecision.Allowed, PlaybackAccess.Decide(audience, As(Role.Editor), Now));
        Assert.Equal(PlaybackDecision.Allowed, PlaybackAccess.Decide(audience, As(Role.Creator, OwnerId), Now));
    }

    [Theory]
    [InlineData(Visibility.Public)]
    [InlineData(Visibility.Unlisted)]
    [InlineData(Visibility.Private)]
    [InlineData(Visibility.Internal)]
    public void Drafts_plans_and_trash_are_for_nobody_else(Visibility visibility)
    {
        VideoAudience[] hidden =
        [
            new(OwnerId, visibility, PublishedAt: null, DeletedAt: null),
            new(OwnerId, visibility, Now.AddTicks(1), DeletedAt: null),
            new(OwnerId, visibility, Now, DeletedAt: Now),
        ];

        Assert.All(hidden, audience => Assert.Equal(PlaybackDecision.Hidden, PlaybackAccess.Decide(audience, Caller.Stranger, Now)));
        Assert.All(hidden, audience => Assert.Equal(PlaybackDecision.Hidden, PlaybackAccess.Decide(audience, As(Role.Viewer), Now)));
        Assert.All(hidden[..2], audience => Assert.Equal(PlaybackDecision.Allowed, PlaybackAccess.Decide(audience, As(Role.Creator, OwnerId), Now)));
        Assert.Equal(PlaybackDecision.Hidden, PlaybackAccess.Decide(hidden[2], As(Role.Owner), Now));
    }

    [Fact]
    public void A_token_without_the_scope_and_an_owner_who_became_a_viewer_see_what_others_see()
    {
        var audience = new VideoAudience(OwnerId, Visibility.Private, Now, DeletedAt: null);
        var narrow = As(Role.Creator, OwnerId) with { Scopes = new HashSet<string>(StringComparer.Ordinal) { Scope.VideosWrite } };

        Assert.Equal(PlaybackDecision.Hidden, PlaybackAccess.Decide(audience, narrow, Now));
        Assert.Equal(PlaybackDecision.Hidden, PlaybackAccess.Decide(audience, As(Role.Viewer, OwnerId), Now));
    }

    [Fact]
    public void An_edit_names_every_mistake_at_once()
    {
        var edit = new VideoEdit { Title = " ", Visibility = "1", Language = "??", Description = new string('a', 10_001), Tags = [.. Enumerable.Range(0, 30).Select(number => $"{number}")] };

        Assert.True(edit.ApplyTo(New()).Failed(out var failure));
        Assert.Equal(["description", "language", "tags", "title", "visibility"], failure.Fields?.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>());
    }

    [Fact]
    public void An_empty_edit_changes_nothing()
    {
        var video = New();

        Assert.False(new VideoEdit().ApplyTo(video).Failed(out _, out var details));
        Assert.Equal((video.Title, video.Visibility), (details.Title, details.Visibility));
    }

    private static Caller As(Role role, Guid? userId = null) => new(userId ?? Guid.CreateVersion7(Now), role.Capabilities, Scopes: null);

    private static Video New() => Video.FromUpload(new NewVideo("A film", Visibility.Public, PublishWhenReady: false), Id<Channel>.New(Clock), RandomUuid.New(), Clock);

    private static Video Playable()
    {
        var video = New();
        video.StartProcessing(TimeSpan.FromSeconds(5));
        video.BecomePlayable(Now);
        return video;
    }
}
