import SessionInterfaces
import Synchronization

/// The faults of one node, and who waits for one to go.
final class NodeCondition: Sendable {
    private let state = Mutex(State())

    private struct State {
        var faults: [NodeFault.Kind: NodeFault] = [:]
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var nextTicket: UInt64 = 0
        var home: SwarmID?
    }

    /// The swarm to which the node returns when no fault keeps it out; nil for the one in which it began.
    var home: SwarmID? {
        get { state.withLock { $0.home } }
        set { state.withLock { $0.home = newValue } }
    }

    var faults: [NodeFault] {
        state.withLock { $0.faults.values.sorted { $0.kind.rawValue < $1.kind.rawValue } }
    }

    func has(_ kind: NodeFault.Kind) -> Bool {
        state.withLock { !$0.faults.isEmpty && $0.faults[kind] != nil }
    }

    /// How far the node's clock is off.
    var skew: Duration {
        state.withLock { $0.faults[.skewedClock]?.interval ?? .zero }
    }

    /// Whether others cannot count on an answer soon.
    var delaysAnswers: Bool {
        state.withLock { state in
            !state.faults.isEmpty && [.slow, .silent, .lostAnswers].contains { state.faults[$0] != nil }
        }
    }

    func set(_ fault: NodeFault) {
        state.withLock { $0.faults[fault.kind] = fault }
    }

    /// Returns whether the node had such a fault.
    @discardableResult
    func clear(_ kind: NodeFault.Kind) -> Bool {
        let (had, waiting) = state.withLock { state in
            let had = state.faults.removeValue(forKey: kind) != nil
            guard had, kind == .silent else { return (had, [CheckedContinuation<Void, Never>]()) }
            defer { state.waiting = [:] }
            return (had, state.waiting.sorted { $0.key < $1.key }.map(\.value))
        }
        for continuation in waiting { continuation.resume() }
        return had
    }

    /// Returns when the node gets round to a request: at once, unless it is slow or silent.
    func pause() async {
        if let delay = state.withLock({ $0.faults[.slow]?.interval }) { try? await Task.sleep(for: delay) }
        guard has(.silent) else { return }
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    guard state.faults[.silent] != nil, !Task.isCancelled else { return true }
                    state.waiting[ticket] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
        }
    }
}
