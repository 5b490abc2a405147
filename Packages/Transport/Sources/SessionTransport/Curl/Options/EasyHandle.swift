import CCurl

/// One libcurl transfer handle with the memory that libcurl borrows from it. Stays on the transport's thread.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var fieldList: UnsafeMutablePointer<curl_slist>?

    /// Nil when memory is short.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(fieldList)
        errorText.deallocate()
    }

    /// Forgets all options and the last request; connections belong to the multi handle and stay.
    func reset() {
        curl_easy_reset(pointer)
        curl_slist_free_all(fieldList)
        fieldList = nil
        errorText[0] = 0
    }

    func set(_ option: CURLoption, _ value: Int) throws(CurlFailure) {
        try check(ccurl_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: Bool) throws(CurlFailure) {
        try set(option, value ? 1 : 0)
    }

    /// Durations are rounded up to milliseconds, so that a short one never becomes 0, which means no limit.
    func set(_ option: CURLoption, milliseconds duration: Duration) throws(CurlFailure) {
        try set(option, Int(duration.milliseconds))
    }

    /// libcurl copies the text; nil restores the option's default.
    func set(_ option: CURLoption, _ value: String?) throws(CurlFailure) {
        try check(ccurl_set_string(pointer, option, value))
    }

    func set(_ option: CURLoption, _ function: ccurl_receive) throws(CurlFailure) {
        try check(ccurl_set_receive(pointer, option, function))
    }

    func set(_ option: CURLoption, _ context: UnsafeMutableRawPointer) throws(CurlFailure) {
        try check(ccurl_set_pointer(pointer, option, context))
    }

    func setProgress(_ function: curl_xferinfo_callback) throws(CurlFailure) {
        try check(ccurl_set_progress(pointer, function))
    }

    /// Copies the body: libcurl needs memory that stays where it is, an array gives no such promise, and a copy costs
    /// less than the second packet that a read callback would need for small bodies.
    func setBody(_ body: [UInt8]) throws(CurlFailure) {
        try check(ccurl_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        try check(
            body.withUnsafeBytes { bytes in
                ccurl_set_string(
                    pointer, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
            })
    }

    func setFields(_ lines: [String]) throws(CurlFailure) {
        for line in lines {
            guard let longer = curl_slist_append(fieldList, line) else {
                throw CurlFailure(code: CURLE_FAILED_INIT, text: "no memory for the header fields")
            }
            fieldList = longer
        }
        try check(ccurl_set_pointer(pointer, CURLOPT_HTTPHEADER, fieldList))
    }

    func collectErrorText() throws(CurlFailure) {
        try check(ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText))
    }

    func failure(_ code: CURLcode) -> CurlFailure {
        CurlFailure(
            code: code, text: String(cString: errorText), tunnelStatus: number(CURLINFO_HTTP_CONNECTCODE),
            socksReply: number(CURLINFO_PROXY_ERROR))
    }

    /// 0 when there is none.
    private func number(_ info: CURLINFO) -> Int {
        var value = 0
        return ccurl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    private func check(_ code: CURLcode) throws(CurlFailure) {
        guard code == CURLE_OK else { throw CurlFailure(code: code, text: "") }
    }
}
