using Kinopress.Core.Events;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Features.Lives;

/// <summary>Lives: what is broadcast, when, to whom, and what it leaves behind.</summary>
public static class LivesFeature
{
    public static IServiceCollection AddLives(this IServiceCollection services) => services
        .AddSingleton<LiveStatusBoard>()
        .AddSingleton<RecordingFiles>()
        .AddSingleton<KeptRecording>()
        .AddSingleton(_ => new LadderCapacity(Environment.ProcessorCount))
        .AddSingleton<LiveEncoders>()
        .AddSingleton<LadderTools>()
        .AddSingleton<Transcoder>()
        .AddSingleton<BroadcastTools>()
        .AddSingleton<Broadcasts>()
        .AddSingleton<LivePictures>()
        .AddSingleton<BroadcastTickets>()
        .AddSingleton<ClippedSegments>()
        .AddSingleton<ClipTurns>()
        .AddScoped<RecoverLiveSessions>()
        .AddScoped<EventReaction, StopBroadcastWhenLiveEnded>()
        .AddScoped<LiveQueries>()
        .AddScoped<LiveSessionQueries>()
        .AddScoped<RecordedVideoQueries>()
        .AddScoped<CreateLive>()
        .AddScoped<EditLive>()
        .AddScoped<DeleteLive>()
        .AddScoped<RestoreLive>()
        .AddScoped<PurgeLives>()
        .AddScoped<RotateStreamKey>()
        .AddScoped<CreateBroadcastTicket>()
        .AddScoped<MakeLiveClip>()
        .AddScoped<AddLiveMarker>()
        .AddScoped<EndLive>()
        .AddScoped<StartLiveSession>()
        .AddScoped<InterruptLiveSession>()
        .AddScoped<ResumeLiveSession>()
        .AddScoped<EndLiveSession>();
}
