using Kinopress.Core.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Data.Postgres;

/// <summary>Claims with SKIP LOCKED, so that many nodes never wait for each other.</summary>
internal sealed class PostgresJobClaim(PostgresKinopressDbContext db) : IJobClaim
{
    public async Task<Job?> ClaimAsync(JobClaimRequest request, CancellationToken cancellationToken)
    {
        var leaseUntil = request.Now + request.Lease;
        var lane = request.Lane.ToString();

        // Index ix_jobs_lane_state_priority_run_at.
        var claimed = await db.Jobs
            .FromSql($"""
                UPDATE jobs SET state = 'Running', lease_owner = {request.Owner}, lease_until = {leaseUntil},
                       attempts = attempts + 1, started_at = {request.Now}
                WHERE id = (SELECT id FROM jobs
                            WHERE lane = {lane}
                              AND ((state = 'Queued' AND run_at <= {request.Now}) OR (state = 'Running' AND lease_until < {request.Now}))
                            ORDER BY priority, run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING *
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return claimed.SingleOrDefault();
    }
}
