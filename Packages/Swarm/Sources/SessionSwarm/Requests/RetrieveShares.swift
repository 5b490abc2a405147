import SessionInterfaces

/// How the namespaces of one poll share the largest size of an answer. Follows protocol document 02, section 5.2.
enum RetrieveShares {
    /// For each namespace the `n` of "one n-th"; together they are never more than the whole.
    ///
    /// Messages go first: they get half of it, or all when nothing else is asked for, and everything else shares what
    /// is left.
    static func divisors(for namespaces: [Namespace]) -> [Int] {
        let preferred = namespaces.count(where: isPreferred)
        let others = namespaces.count - preferred
        let preferredDivisor = preferred + (others > 0 ? 1 : 0)
        let otherDivisor = max(1, preferred > 0 ? preferredDivisor * others : others)
        return namespaces.map { isPreferred($0) ? preferredDivisor : otherDivisor }
    }

    private static func isPreferred(_ namespace: Namespace) -> Bool {
        namespace == .messages || namespace == .groupMessages
    }
}
