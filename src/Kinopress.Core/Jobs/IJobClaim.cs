namespace Kinopress.Core.Jobs;

/// <summary>Takes the next due job of a lane for a runner. One implementation per database.</summary>
public interface IJobClaim
{
    /// <returns>The leased job; null when nothing is due.</returns>
    Task<Job?> ClaimAsync(JobClaimRequest request, CancellationToken cancellationToken);
}

/// <summary>Who asks for work, and for how long it will be his before he must renew.</summary>
public sealed record JobClaimRequest(JobLane Lane, string Owner, TimeSpan Lease, DateTimeOffset Now);
