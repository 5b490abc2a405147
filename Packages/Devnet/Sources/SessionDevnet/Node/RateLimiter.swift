import Synchronization

/// A token bucket for each client address. Follows protocol document 02, section 6.6.
final class RateLimiter: Sendable {
    /// Clients that are remembered at once.
    private static let clientLimit = 10_000

    private let limit: DevnetSettings.RateLimit
    private let buckets = Mutex<[String: Bucket]>([:])

    private struct Bucket {
        var tokens: Double
        var filledAt: ContinuousClock.Instant
    }

    init(_ limit: DevnetSettings.RateLimit) { self.limit = limit }

    /// Whether a request of `client` may be answered now.
    func admits(_ client: String, at now: ContinuousClock.Instant = .now) -> Bool {
        buckets.withLock { buckets in
            var bucket = buckets[client] ?? Bucket(tokens: Double(limit.burst), filledAt: now)
            fill(&bucket, at: now)
            if buckets[client] == nil, buckets.count >= Self.clientLimit, !makeRoom(in: &buckets, at: now) {
                return false
            }
            guard bucket.tokens >= 1 else {
                buckets[client] = bucket
                return false
            }
            bucket.tokens -= 1
            buckets[client] = bucket
            return true
        }
    }

    private func fill(_ bucket: inout Bucket, at now: ContinuousClock.Instant) {
        let seconds = (now - bucket.filledAt) / .seconds(1)
        bucket.tokens = min(Double(limit.burst), bucket.tokens + seconds * Double(limit.perSecond))
        bucket.filledAt = now
    }

    /// Forgets clients whose buckets are full again.
    private func makeRoom(in buckets: inout [String: Bucket], at now: ContinuousClock.Instant) -> Bool {
        buckets = buckets.filter { _, bucket in
            var bucket = bucket
            fill(&bucket, at: now)
            return bucket.tokens < Double(limit.burst)
        }
        return buckets.count < Self.clientLimit
    }
}
