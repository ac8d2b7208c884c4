using Kinopress.Core.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Data.Sqlite;

/// <summary>Claims by one UPDATE … RETURNING, which SQLite runs alone.</summary>
internal sealed class SqliteJobClaim(SqliteKinopressDbContext db, SqliteWriterGate gate) : IJobClaim
{
    public async Task<Job?> ClaimAsync(JobClaimRequest request, CancellationToken cancellationToken)
    {
        var now = Microseconds(request.Now);
        var leaseUntil = Microseconds(request.Now + request.Lease);
        var lane = request.Lane.ToString();

        using var turn = await gate.EnterAsync(cancellationToken);

        // Index ix_jobs_lane_state_priority_run_at.
        var claimed = await db.Jobs
            .FromSql($"""
                UPDATE jobs SET state = 'Running', lease_owner = {request.Owner}, lease_until = {leaseUntil},
                       attempts = attempts + 1, started_at = {now}
                WHERE id = (SELECT id FROM jobs
                            WHERE lane = {lane}
                              AND ((state = 'Queued' AND run_at <= {now}) OR (state = 'Running' AND lease_until < {now}))
                            ORDER BY priority, run_at, id LIMIT 1)
                RETURNING *
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return claimed.SingleOrDefault();
    }

    private static long Microseconds(DateTimeOffset moment) =>
        (moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
}
