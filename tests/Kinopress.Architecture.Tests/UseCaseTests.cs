using System.Reflection;
using Kinopress.Architecture.Tests.Support;
using Kinopress.Core.Events;
using Kinopress.Core.Jobs;

namespace Kinopress.Architecture.Tests;

/// <summary>
/// Rules 2 and 5. A use case is a class of <c>Features</c> with a public <c>RunAsync</c> that is neither a job handler nor
/// a reaction to an event.
/// </summary>
public sealed class UseCaseTests
{
    private static readonly string[] Imperatives =
    [
        "Add", "Append", "Cancel", "Change", "Create", "Delete", "Edit", "Enable", "End", "Ensure", "Expire", "Finish", "Interrupt", "Make", "Prepare", "Publish",
        "Purge", "Recover", "Register", "Restore", "Resume", "Retry", "Revoke", "Rotate", "Set", "Sign", "Start", "Trim", "Unpublish", "Untrim",
        "Approve", "Ban", "Clear", "Pin", "Reject", "Send", "Unban", "Unpin",
    ];

    private static readonly Dictionary<string, string> NotUseCases = new(StringComparer.Ordinal)
    {
        ["FfmpegRun"] = "Runs a program for job handlers; it changes nothing of the product.",
    };

    private static readonly Dictionary<string, string> OtherMethods = new(StringComparer.Ordinal)
    {
        ["CreateUpload.CheckAsync"] = "A form's files arrive before their lengths are known: it asks first and writes nothing.",
        ["SetUpSite.OpensAsync"] = "Whether the link may still be used is asked before the form is drawn; it writes nothing.",
    };

    private static readonly Dictionary<string, string> WithoutRoute = new(StringComparer.Ordinal)
    {
        ["AppendChatMessages"] = "The second half of SendChatMessage, which has a route.",
        ["CreateSetupLink"] = "Proves that somebody stands at the server: only the command line makes it.",
        ["EnsureSiteExists"] = "Runs at every start, before the first request.",
        ["RecoverUploads"] = "Runs at start, after a crash.",
        ["ExpireUploads"] = "Housekeeping: runs by the clock.",
        ["FinishUpload"] = "The last step of AppendToUpload, which has a route.",
        ["StartLiveSession"] = "The broadcast goes on air when an encoder sends, not when somebody asks.",
        ["InterruptLiveSession"] = "The broadcast notices that its encoder is away.",
        ["ResumeLiveSession"] = "The broadcast notices that its encoder is back.",
        ["EndLiveSession"] = "The last step of a broadcast. EndLive has a route.",
        ["RecoverLiveSessions"] = "Runs at the start of the site, after a crash.",
        ["PurgeLives"] = "Housekeeping: runs by the clock.",
        ["PurgeVideos"] = "Housekeeping: runs by the clock. PurgeVideo has a route.",
        ["SetPassword"] = "For somebody who forgot it and so can call nothing: only the command line on the server.",
        ["SetUpSite"] = "Needs the one-time link or the command line, before any account exists that could call an API.",
        ["SignIn"] = "Makes a browser session. Programs use access tokens instead.",
    };

    // Who may save besides use cases, job handlers and reactions, and why.
    private static readonly Dictionary<string, string> OtherWriters = new(StringComparer.Ordinal)
    {
        ["Kinopress.Core.Data.KinopressDbContext"] = "The writer itself.",
        ["Kinopress.Core.Data.Postgres.PostgresKinopressDbContext"] = "Orders writers of the outbox.",
        ["Kinopress.Core.Events.EventPump"] = "Remembers how far each reaction has read.",
        ["Kinopress.Core.Jobs.JobRunner"] = "Leases, progress and endings of jobs, one statement each.",
        ["Kinopress.Core.Features.Accounts.AccountQueries"] = "Notes, to the hour, when a token was last used.",
        ["Kinopress.Core.Features.Accounts.UserStore"] = "Identity saves through it on behalf of the use case.",
        ["Kinopress.Core.Features.Lives.RecordedVideo"] = "Adds the video that EndLiveSession and MakeLiveClip save.",
        ["Kinopress.Core.Features.Renditions.PicturesAgain"] = "Adds the jobs that TrimVideo and UntrimVideo save.",
        ["Kinopress.Core.Features.Renditions.RenditionProgress"] = "The last step of several job handlers.",
    };

    private static readonly HashSet<string> WritingMethods = new(StringComparer.Ordinal)
    {
        "SaveChanges", "SaveChangesAsync", "ExecuteUpdate", "ExecuteUpdateAsync", "ExecuteDelete", "ExecuteDeleteAsync",
        "ExecuteSql", "ExecuteSqlAsync", "ExecuteSqlRaw", "ExecuteSqlRawAsync",
    };

    private static readonly HashSet<string> SetMethods = new(StringComparer.Ordinal)
    {
        "Add", "AddAsync", "AddRange", "AddRangeAsync", "Attach", "AttachRange", "Remove", "RemoveRange", "Update", "UpdateRange", "Record",
    };

    private static IReadOnlyList<Type> UseCases { get; } =
    [
        .. Rooms.Core.GetTypes().Where(type => IsInFeatures(type) && HasRunAsync(type) && !IsWork(type) && !NotUseCases.ContainsKey(type.Name)),
    ];

    [Fact]
    public void Use_cases_are_imperatives_with_one_public_method() =>
        Expect.None("A use case is named by an imperative and has one public method, RunAsync:", UseCases.SelectMany(Mistakes));

    [Fact]
    public void Nothing_in_the_server_writes() =>
        Expect.None("A face writes to the database instead of calling a use case:", WritersIn(Rooms.Server).Where(type => type != "Kinopress.Server.Host.Database"));

    [Fact]
    public void In_core_only_use_cases_handlers_and_reactions_write()
    {
        var work = Rooms.Core.GetTypes().Where(type => IsInFeatures(type) && (HasRunAsync(type) || IsWork(type))).Select(type => type.FullName).ToHashSet();

        Expect.OnlyExempt("Something other than a use case writes:", WritersIn(Rooms.Core).Where(type => !work.Contains(type)), OtherWriters);
    }

    [Fact]
    public async Task Every_use_case_has_a_route_of_the_api()
    {
        await using var site = new BuiltSite();

        var reachable = site.Routes
            .Where(route => route.RoutePattern.RawText?.StartsWith("/rest/v1", StringComparison.Ordinal) == true)
            .SelectMany(route => route.Metadata.OfType<MethodInfo>())
            .SelectMany(handler => handler.GetParameters())
            .Select(parameter => parameter.ParameterType)
            .ToHashSet();

        Assert.NotEmpty(reachable);
        Expect.OnlyExempt(
            "What Studio can do, the API can do: a use case has no route:", UseCases.Where(type => !reachable.Contains(type)).Select(type => type.Name), WithoutRoute);
    }

    [Fact]
    public void The_rules_find_what_breaks_them()
    {
        var sample = typeof(Samples.VideoService);

        Assert.True(HasRunAsync(sample));
        Assert.Equal(["VideoService is not an imperative", "VideoService.Publish is public"], Mistakes(sample));
        Assert.Equal(["Kinopress.Architecture.Tests.Samples.WritingFace"], WritersIn(Rooms.Samples));
        Assert.True(UseCases.Count > 15, "The definition of a use case finds too few.");
    }

    private static bool IsInFeatures(Type type) =>
        type is { IsClass: true, IsNested: false } && type.Namespace?.StartsWith("Kinopress.Core.Features.", StringComparison.Ordinal) == true;

    private static bool HasRunAsync(Type type) => PublicMethods(type).Any(method => method.Name == "RunAsync");

    private static bool IsWork(Type type) => type.IsSubclassOf(typeof(JobHandler)) || type.IsSubclassOf(typeof(EventReaction));

    private static IEnumerable<string> Mistakes(Type type)
    {
        if (!Imperatives.Any(verb => type.Name.StartsWith(verb, StringComparison.Ordinal) && type.Name.Length > verb.Length && char.IsUpper(type.Name[verb.Length])))
        {
            yield return $"{type.Name} is not an imperative";
        }

        if (!type.IsSealed)
        {
            yield return $"{type.Name} is not sealed";
        }

        foreach (var method in PublicMethods(type).GroupBy(method => method.Name, StringComparer.Ordinal))
        {
            var name = $"{type.Name}.{method.Key}";
            if (method.Key == "RunAsync" ? method.Count() > 1 : !OtherMethods.ContainsKey(name))
            {
                yield return method.Key == "RunAsync" ? $"{name} has overloads" : $"{name} is public";
            }
        }
    }

    private static IEnumerable<MethodInfo> PublicMethods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName);

    private static IEnumerable<string> WritersIn(Assembly assembly) => TypeUses.Of(assembly).Calls
        .Where(call => WritingMethods.Contains(call.Method)
            || (SetMethods.Contains(call.Method) && (call.Type.StartsWith("Microsoft.EntityFrameworkCore.DbSet", StringComparison.Ordinal) || call.Type.EndsWith("DbContext", StringComparison.Ordinal))))
        .Select(call => call.From)
        .Distinct(StringComparer.Ordinal);
}
