/// Whether a node behind one guard may also serve in paths of another account or category. Guards may always.
public enum NodeSharing: String, Hashable, Sendable, CaseIterable {
    /// Nothing is done about it.
    case free
    /// Only when the network has no unused nodes left, as small ones do.
    case reluctant
    /// Never: rather no path at all.
    case never
}
