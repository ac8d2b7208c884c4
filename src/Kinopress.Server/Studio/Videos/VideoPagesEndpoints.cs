using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Studio.Videos;

/// <summary>The list of videos and the page of one.</summary>
internal static class VideoPagesEndpoints
{
    public static void MapVideoPages(this RouteGroupBuilder studio)
    {
        studio.MapGet("", () => TypedResults.LocalRedirect("/studio/videos"));
        studio.MapGet("/videos", ListAsync);
        studio.MapGet("/videos/{publicId}", ShowAsync);
        studio.MapPost("/videos/{publicId}", SaveAsync);
        studio.MapPost("/videos/{publicId}/publish", PublishAsync);
        studio.MapPost("/videos/{publicId}/unpublish", UnpublishAsync);
        studio.MapPost("/videos/{publicId}/trim", TrimAsync);
        studio.MapPost("/videos/{publicId}/untrim", UntrimAsync);
        studio.MapPost("/videos/{publicId}/delete", DeleteAsync);
        studio.MapPost("/videos/{publicId}/restore", RestoreAsync);
        studio.MapPost("/videos/{publicId}/purge", PurgeAsync);
        studio.MapPost("/videos/{publicId}/retry", RetryAllAsync);
        studio.MapPost("/videos/{publicId}/jobs/{jobId:guid}/retry", RetryAsync);
        studio.MapPost("/videos/{publicId}/jobs/{jobId:guid}/cancel", CancelAsync);
    }

    private static async Task<IResult> ListAsync(
        string? tab, string? search, string? cursor, Caller caller, VideoQueries videos, VideoViews views, CancellationToken cancellationToken)
    {
        var shown = Enum.TryParse<VideosTab>(tab, ignoreCase: true, out var parsed) ? parsed : VideosTab.All;
        var filter = Enum.Parse<ManagedVideoFilter>(shown.ToString());
        var page = await videos.ListManagedAsync(filter, search, PageRequest.From(limit: null, cursor), caller, cancellationToken);
        var counts = await videos.CountManagedAsync(caller, cancellationToken);
        return StudioPages.Show<VideosPage>(await views.ListAsync(shown, search, page, counts, caller, cancellationToken));
    }

    private static async Task<IResult> ShowAsync(
        string publicId, Caller caller, VideoQueries videos, VideoViews views, CancellationToken cancellationToken) =>
        (await videos.GetManagedAsync(publicId, caller, cancellationToken)).Failed(out _, out var video) || video.DeletedAt == DateTimeOffset.UnixEpoch // given up: its files are on their way out
            ? TypedResults.NotFound()
            : StudioPages.Show<VideoPage>(await views.PageAsync(video, RefusedForm.None, caller, cancellationToken));

    private static async Task<IResult> SaveAsync(
        string publicId, IFormCollection form, Caller caller, EditVideo editVideo, VideoQueries videos, VideoViews views, CancellationToken cancellationToken) =>
        await RefusalAsync(publicId, form, caller, editVideo, videos, views, cancellationToken)
        ?? StudioPages.Back(returnTo: null, $"/studio/videos/{publicId}", "saved", publicId: null);

    private static async Task<IResult> PublishAsync(
        string publicId,
        IFormCollection form,
        [FromForm] string? returnTo,
        Caller caller,
        EditVideo editVideo,
        PublishVideo publishVideo,
        VideoQueries videos,
        VideoViews views,
        CancellationToken cancellationToken) =>
        await RefusalAsync(publicId, form, caller, editVideo, videos, views, cancellationToken)
        ?? Answer(await publishVideo.RunAsync(publicId, at: null, whenReady: true, caller, cancellationToken), publicId, returnTo, "published");

    private static async Task<IResult> UnpublishAsync(
        string publicId,
        IFormCollection form,
        [FromForm] string? returnTo,
        Caller caller,
        EditVideo editVideo,
        UnpublishVideo unpublishVideo,
        VideoQueries videos,
        VideoViews views,
        CancellationToken cancellationToken) =>
        await RefusalAsync(publicId, form, caller, editVideo, videos, views, cancellationToken)
        ?? Answer(await unpublishVideo.RunAsync(publicId, caller, cancellationToken), publicId, returnTo, "unpublished");

    /// <summary>Saves the details that came with the form. Null when that went well, or when none came, as from the list.</summary>
    private static async Task<IResult?> RefusalAsync(
        string publicId, IFormCollection form, Caller caller, EditVideo editVideo, VideoQueries videos, VideoViews views, CancellationToken cancellationToken)
    {
        if (VideoFormFields.EditOf(form) is not { } edit || !(await editVideo.RunAsync(publicId, edit, VideoFormFields.RevisionOf(form), caller, cancellationToken)).Failed(out var failure))
        {
            return null;
        }

        return (await videos.GetManagedAsync(publicId, caller, cancellationToken)).Failed(out _, out var video)
            ? TypedResults.NotFound()
            : StudioPages.Show<VideoPage>(await views.PageAsync(video, new RefusedForm { Edit = edit, Failure = failure }, caller, cancellationToken), Failures.StatusOf(failure));
    }

    private static async Task<IResult> TrimAsync(
        string publicId,
        [FromForm] string? trimFrom,
        [FromForm] string? trimTo,
        Caller caller,
        TrimVideo trimVideo,
        VideoQueries videos,
        VideoViews views,
        CancellationToken cancellationToken)
    {
        var (isFromRead, from) = MomentOf(trimFrom);
        var (isToRead, to) = MomentOf(trimTo);
        var failure = VideoFailures.NotFound;
        if (isFromRead && isToRead && !(await trimVideo.RunAsync(publicId, from, to, caller, cancellationToken)).Failed(out failure))
        {
            return StudioPages.Back(returnTo: null, $"/studio/videos/{publicId}", "trimmed", publicId);
        }

        if ((await videos.GetManagedAsync(publicId, caller, cancellationToken)).Failed(out _, out var video))
        {
            return TypedResults.NotFound();
        }

        var words = isFromRead && isToRead ? failure.Fields?.Values.FirstOrDefault() ?? failure.Message : "Write a moment as 1:15, or 0:01:15.";
        return StudioPages.Show<VideoPage>(
            await views.PageAsync(video, new RefusedForm { Trim = new RefusedTrim(trimFrom ?? "", trimTo ?? "", words) }, caller, cancellationToken), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> UntrimAsync(string publicId, Caller caller, UntrimVideo untrimVideo, CancellationToken cancellationToken) =>
        Answer(await untrimVideo.RunAsync(publicId, caller, cancellationToken), publicId, returnTo: null, "untrimmed");

    // Nothing typed is no mistake: from the start, to the end.
    private static (bool IsRead, TimeSpan? Moment) MomentOf(string? typed) =>
        string.IsNullOrWhiteSpace(typed) ? (true, null) : ClockTime.Parse(typed) is { } moment ? (true, moment) : (false, null);

    private static async Task<IResult> DeleteAsync(
        string publicId, [FromForm] string? returnTo, Caller caller, DeleteVideo deleteVideo, CancellationToken cancellationToken) =>
        Answer(await deleteVideo.RunAsync(publicId, caller, cancellationToken), publicId, returnTo ?? "/studio/videos", "deleted");

    private static async Task<IResult> RestoreAsync(
        string publicId, [FromForm] string? returnTo, Caller caller, RestoreVideo restoreVideo, CancellationToken cancellationToken) =>
        Answer(await restoreVideo.RunAsync(publicId, caller, cancellationToken), publicId, returnTo, "restored");

    private static async Task<IResult> PurgeAsync(
        string publicId, [FromForm] string? returnTo, Caller caller, PurgeVideo purgeVideo, CancellationToken cancellationToken) =>
        Answer(await purgeVideo.RunAsync(publicId, caller, cancellationToken), publicId: null, returnTo ?? "/studio/videos?tab=trash", "purged");

    private static async Task<IResult> RetryAllAsync(
        string publicId, [FromForm] string? returnTo, Caller caller, RetryVideo retryVideo, CancellationToken cancellationToken) =>
        Answer(await retryVideo.RunAsync(publicId, caller, cancellationToken), publicId, returnTo, "retried");

    private static async Task<IResult> RetryAsync(
        string publicId, Guid jobId, [FromForm] string? returnTo, Caller caller, RetryJob retryJob, CancellationToken cancellationToken) =>
        Answer(await retryJob.RunAsync(publicId, new Id<Job>(jobId), caller, cancellationToken), publicId, returnTo, "retried");

    private static async Task<IResult> CancelAsync(
        string publicId, Guid jobId, [FromForm] string? returnTo, Caller caller, CancelJob cancelJob, CancellationToken cancellationToken) =>
        Answer(await cancelJob.RunAsync(publicId, new Id<Job>(jobId), caller, cancellationToken), publicId, returnTo, "canceled");

    private static IResult Answer<T>(Result<T> result, string? publicId, string? returnTo, string done)
        where T : notnull
    {
        var page = publicId is null ? "/studio/videos" : $"/studio/videos/{publicId}";
        return result.Failed(out var failure)
            ? failure.Kind == FailureKind.NotFound ? TypedResults.NotFound() : StudioPages.Back(returnTo, page, "failed", publicId: null)
            : StudioPages.Back(returnTo, page, done, publicId);
    }
}
