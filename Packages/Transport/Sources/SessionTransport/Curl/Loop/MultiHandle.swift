import CCurl
import SessionInterfaces

/// libcurl's multi handle: all transfers and their connections.
///
/// `@unchecked Sendable` holds because every method but `wake` is called only by the loop's thread, and libcurl allows
/// `curl_multi_wakeup` on any thread while the handle exists: `CurlEngine` never wakes a loop that may have ended.
final class MultiHandle: @unchecked Sendable {
    private var pointer: UnsafeMutableRawPointer?

    init(_ configuration: CurlTransport.Configuration) throws(TransportError) {
        guard Self.libraryIsReady, let pointer = curl_multi_init() else {
            throw TransportError(.failed, "libcurl cannot be set up")
        }
        self.pointer = pointer
        let limits = [
            (CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maximumConnectionsPerHost),
            (CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maximumConnections),
            (CURLMOPT_MAXCONNECTS, configuration.maximumConnections),
        ]
        for (option, limit) in limits {
            guard ccurl_multi_set_long(pointer, option, max(1, limit)) == CURLM_OK else {
                throw TransportError(.failed, "libcurl refuses a limit on connections")
            }
        }
    }

    deinit { destroy() }

    /// Initialised once for the process; libcurl keeps no state that would have to be given back.
    private static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Makes a `wait` in progress, or the next one, return at once.
    func wake() {
        curl_multi_wakeup(pointer)
    }

    func add(_ easy: EasyHandle) throws(TransportError) {
        try check(curl_multi_add_handle(pointer, easy.pointer))
    }

    /// Ends the transfer if it is not finished: its connection is closed, or its stream when others share it.
    func remove(_ easy: EasyHandle) {
        curl_multi_remove_handle(pointer, easy.pointer)
    }

    /// Moves every transfer as far as it goes without waiting.
    func perform() throws(TransportError) {
        var running: Int32 = 0
        try check(curl_multi_perform(pointer, &running))
    }

    /// Waits until a socket is ready, `wake` is called, or the time is over.
    func wait(for duration: Duration) throws(TransportError) {
        try check(curl_multi_poll(pointer, nil, 0, duration.milliseconds, nil))
    }

    /// A finished transfer's handle and result; nil when there is none left.
    func nextFinished() -> (easy: UnsafeMutableRawPointer, result: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            return (easy, message.pointee.data.result)
        }
        return nil
    }

    /// Closes all connections. No transfer may be left.
    func destroy() {
        guard let pointer else { return }
        curl_multi_cleanup(pointer)
        self.pointer = nil
    }

    private func check(_ code: CURLMcode) throws(TransportError) {
        guard code == CURLM_OK else {
            throw TransportError(.failed, "libcurl's loop failed: \(String(cString: curl_multi_strerror(code)))")
        }
    }
}
