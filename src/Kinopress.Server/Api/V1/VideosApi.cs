using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Api.V1;

internal static class VideosApi
{
    public static void MapVideos(this RouteGroupBuilder api)
    {
        var videos = api.MapGroup("/videos").WithTags("Videos");
        videos.MapGet("", List).WithName("listVideos").WithSummary("List videos: what the public sees, or with mine=true what you manage");
        videos.MapGet("/{publicId}", Get).WithName("getVideo").WithSummary("A video, its state and how to play it");
        videos.MapPatch("/{publicId}", Edit).WithName("editVideo").WithSummary("Change a video's words and audience").RequireScope(Scope.VideosWrite);
        videos.MapDelete("/{publicId}", Delete).WithName("deleteVideo").WithSummary("Move a video to the trash, where it stays for thirty days").RequireScope(Scope.VideosWrite);
        videos.MapPut("/{publicId}/restoration", Restore).WithName("restoreVideo").WithSummary("Take a video back from the trash").RequireScope(Scope.VideosWrite);
        videos.MapDelete("/{publicId}/restoration", Purge).WithName("purgeVideo").WithSummary("Delete a video in the trash for good").RequireScope(Scope.VideosWrite);
        videos.MapPut("/{publicId}/publication", Publish).WithName("publishVideo").WithSummary("Publish a video: now, at a set moment, or as soon as it plays").RequireScope(Scope.VideosWrite);
        videos.MapDelete("/{publicId}/publication", Unpublish).WithName("unpublishVideo").WithSummary("Make a video a draft again").RequireScope(Scope.VideosWrite);
        videos.MapPut("/{publicId}/trim", Trim).WithName("trimVideo").WithSummary("Show only a part of a video; nothing is thrown away").RequireScope(Scope.VideosWrite);
        videos.MapDelete("/{publicId}/trim", Untrim).WithName("untrimVideo").WithSummary("Show the whole of a video again").RequireScope(Scope.VideosWrite);
        videos.MapGet("/{publicId}/chapters", GetChapters).WithName("getChapters").WithSummary("The chapters of a video you manage, in the time of the whole film, whatever is trimmed").RequireScope(Scope.VideosRead);
        videos.MapPut("/{publicId}/chapters", EditChapters).WithName("editChapters").WithSummary("Put other chapters in place of a video's, in the time of the whole film; an empty list removes them").RequireScope(Scope.VideosWrite);
    }

    private static async Task<Results<Ok<VideoListResponse>, ProblemHttpResult>> List(
        int? limit,
        string? cursor,
        string? sort,
        string? channel,
        bool? mine,
        string? status,
        string? search,
        Caller caller,
        VideoQueries videos,
        VideoResponses responses,
        CancellationToken cancellationToken)
    {
        var page = PageRequest.From(limit, cursor);
        if (mine is true)
        {
            if (!caller.IsSignedIn)
            {
                return AccountFailures.SignInRequired.ToProblem();
            }

            if (!caller.HasScope(Scope.VideosRead))
            {
                return Failures.ScopeMissing(Scope.VideosRead).ToProblem();
            }

            if (FilterOf(status) is not { } filter)
            {
                return VideoFailures.StatusUnknown.ToProblem();
            }

            return TypedResults.Ok(responses.From(await videos.ListManagedAsync(filter, search, page, caller, cancellationToken)));
        }

        return SortOf(sort) is { } order
            ? TypedResults.Ok(responses.From(await videos.ListPublicAsync(Text.SingleLine(channel, 100), order, page, cancellationToken)))
            : VideoFailures.SortUnknown.ToProblem();
    }

    private static async Task<Results<Ok<VideoResponse>, ProblemHttpResult>> Get(
        string publicId, Caller caller, VideoQueries videos, VideoResponses responses, HttpContext context, CancellationToken cancellationToken)
    {
        if ((await videos.GetAsync(publicId, caller, cancellationToken)).Failed(out var failure, out var video))
        {
            return failure.ToProblem();
        }

        context.Response.Headers.ETag = EntityTag.Of(video.Revision);
        return TypedResults.Ok(responses.From(video));
    }

    private static async Task<Results<Ok<VideoResponse>, ProblemHttpResult>> Edit(
        string publicId,
        VideoEdit body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        Caller caller,
        EditVideo editVideo,
        VideoQueries videos,
        VideoResponses responses,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var edited = await editVideo.RunAsync(publicId, body, EntityTag.RevisionOf(ifMatch), caller, cancellationToken);
        return await AnswerAsync(edited, caller, videos, responses, context, cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        string publicId, Caller caller, DeleteVideo deleteVideo, CancellationToken cancellationToken) =>
        (await deleteVideo.RunAsync(publicId, caller, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(
            _ => TypedResults.NoContent(), failure => failure.ToProblem());

    private static async Task<Results<Ok<VideoResponse>, ProblemHttpResult>> Restore(
        string publicId, Caller caller, RestoreVideo restoreVideo, VideoQueries videos, VideoResponses responses, HttpContext context, CancellationToken cancellationToken) =>
        await AnswerAsync(await restoreVideo.RunAsync(publicId, caller, cancellationToken), caller, videos, responses, context, cancellationToken);

    private static async Task<Results<NoContent, ProblemHttpResult>> Purge(
        string publicId, Caller caller, PurgeVideo purgeVideo, CancellationToken cancellationToken) =>
        (await purgeVideo.RunAsync(publicId, caller, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(
            _ => TypedResults.NoContent(), failure => failure.ToProblem());

    private static async Task<Results<Ok<VideoResponse>, ProblemHttpResult>> Publish(
        string publicId,
        PublicationRequest? body,
        Caller caller,
        PublishVideo publishVideo,
        VideoQueries videos,
        VideoResponses responses,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var published = await publishVideo.RunAsync(publicId, body?.At, body?.WhenReady ?? false, caller, cancellationToken);
        return await AnswerAsync(published, caller, videos, responses, context, cancellationToken);
    }

    private static async Task<Results<Ok<VideoResponse>, ProblemHttpResult>> Unpublish(
        string publicId, Caller caller, UnpublishVideo unpublishVideo, VideoQueries videos, VideoResponses responses, HttpContext context, CancellationToken cancellationToken) =>
        await AnswerAsync(await unpublishVideo.RunAsync(publicId, caller, cancellationToken), caller, videos, responses, context, cancellationToken);

    private static async Task<Results<Ok<VideoResponse>, ProblemHttpResult>> Trim(
        string publicId, TrimRequest body, Caller caller, TrimVideo trimVideo, VideoQueries videos, VideoResponses responses, HttpContext context, CancellationToken cancellationToken) =>
        await AnswerAsync(await trimVideo.RunAsync(publicId, TrimRequest.Moment(body.StartMs), TrimRequest.Moment(body.EndMs), caller, cancellationToken), caller, videos, responses, context, cancellationToken);

    private static async Task<Results<Ok<VideoResponse>, ProblemHttpResult>> Untrim(
        string publicId, Caller caller, UntrimVideo untrimVideo, VideoQueries videos, VideoResponses responses, HttpContext context, CancellationToken cancellationToken) =>
        await AnswerAsync(await untrimVideo.RunAsync(publicId, caller, cancellationToken), caller, videos, responses, context, cancellationToken);

    private static async Task<Results<Ok<IReadOnlyList<WholeChapterResponse>>, ProblemHttpResult>> GetChapters(
        string publicId, Caller caller, VideoQueries videos, HttpContext context, CancellationToken cancellationToken)
    {
        if ((await videos.GetManagedAsync(publicId, caller, cancellationToken)).Failed(out var failure, out var video))
        {
            return failure.ToProblem();
        }

        context.Response.Headers.ETag = EntityTag.Of(video.Revision);
        return TypedResults.Ok<IReadOnlyList<WholeChapterResponse>>([.. (video.WholeChapters ?? []).Select(chapter => new WholeChapterResponse(chapter.StartInMilliseconds, chapter.Title))]);
    }

    private static async Task<Results<Ok<VideoResponse>, ProblemHttpResult>> EditChapters(
        string publicId,
        IReadOnlyList<ChapterEdit> body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        Caller caller,
        EditChapters editChapters,
        VideoQueries videos,
        VideoResponses responses,
        HttpContext context,
        CancellationToken cancellationToken) =>
        await AnswerAsync(await editChapters.RunAsync(publicId, body, EntityTag.RevisionOf(ifMatch), caller, cancellationToken), caller, videos, responses, context, cancellationToken);

    private static async Task<Results<Ok<VideoResponse>, ProblemHttpResult>> AnswerAsync(
        Result<Video> result, Caller caller, VideoQueries videos, VideoResponses responses, HttpContext context, CancellationToken cancellationToken)
    {
        if (result.Failed(out var refused, out var video)
            || (await videos.GetManagedAsync(video.PublicId, caller, cancellationToken)).Failed(out refused, out var view))
        {
            return refused.ToProblem();
        }

        context.Response.Headers.ETag = EntityTag.Of(view.Revision);
        return TypedResults.Ok(responses.From(view));
    }

    private static ManagedVideoFilter? FilterOf(string? status) => status switch
    {
        null or "" or "all" => ManagedVideoFilter.All,
        "published" => ManagedVideoFilter.Published,
        "drafts" => ManagedVideoFilter.Drafts,
        "trash" => ManagedVideoFilter.Trash,
        _ => null,
    };

    private static VideoSort? SortOf(string? sort) => sort switch
    {
        null or "" or "-publishedAt" => VideoSort.PublishedLast,
        "publishedAt" => VideoSort.PublishedFirst,
        "-createdAt" => VideoSort.CreatedLast,
        "createdAt" => VideoSort.CreatedFirst,
        _ => null,
    };
}

/// <summary>When to publish.</summary>
/// <param name="At">First public moment (RFC 3339); null means now. A future moment schedules the video.</param>
/// <param name="WhenReady">True: as soon as it plays, if it does not yet.</param>
public sealed record PublicationRequest(DateTimeOffset? At, bool? WhenReady);

/// <summary>The part of a video to show, in milliseconds of the whole. Cuts fall where segments meet, and lose nothing of the part.</summary>
/// <param name="StartMs">Null from its start.</param>
/// <param name="EndMs">Null to its end.</param>
public sealed record TrimRequest(long? StartMs, long? EndMs)
{
    // No video is longer than a week, so a larger number is refused in any case.
    internal static TimeSpan? Moment(long? milliseconds) => milliseconds is { } value ? TimeSpan.FromMilliseconds(Math.Clamp(value, -1, 7L * 24 * 60 * 60 * 1000)) : null;
}
